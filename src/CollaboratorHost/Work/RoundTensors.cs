using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Tensors;
using Actors.Learning;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>Gets what a round starts from out of the gateway, and into the task runner.</summary>
internal sealed class RoundTensors(GatewayClient gateway, ModelDownload models, TensorDownload download, LocalTensorStore store, TaskRunner runner)
{
    /// <summary>Sees to it that the round's bytes are here; false when the aggregator has gone on without them.</summary>
    /// <exception cref="WorkFailedException">The global model is not laid out as the runner's.</exception>
    public async Task<bool> FetchAsync(RoundInput input, CancellationToken cancellationToken)
    {
        var experiment = input.Round.Experiment.ToString();
        if (input.Model.ManifestHash != runner.Model.Hash.ToString())
        {
            var layout = await LayoutAsync(experiment, input.Model, cancellationToken);
            return layout is null ? false : throw new WorkFailedException(Difference(layout));
        }

        return await models.FetchAsync(experiment, input.Model, runner.Model, cancellationToken)
            && (input.Optimizer is null || await download.FetchAsync(experiment, input.Optimizer, cancellationToken))
            && (input.Control is null || await download.FetchAsync(experiment, input.Control, cancellationToken));
    }

    /// <summary>Puts bytes with the model's layout into the runner.</summary>
    /// <returns>False when they were damaged on disk; they are removed then.</returns>
    public async Task<bool> LoadModelAsync(TensorDigest digest, CancellationToken cancellationToken) =>
        Intact(digest, await TensorFile.LoadAsync(
            store.PathOf(digest), runner.Model, runner.WriteModelTensor, cancellationToken));

    /// <summary>Puts the aggregated optimizer state into the runner.</summary>
    /// <returns>False when it was damaged on disk or the aggregator does not know its layout any more.</returns>
    /// <exception cref="WorkFailedException">The runner's optimizer cannot take the layout.</exception>
    public async Task<bool> LoadOptimizerAsync(RoundInput input, CancellationToken cancellationToken)
    {
        if (input.Optimizer is null)
        {
            return true;
        }

        if (await LayoutAsync(input.Round.Experiment.ToString(), input.Optimizer, cancellationToken) is not { } layout)
        {
            return false;
        }

        try
        {
            runner.BeginOptimizerState(layout);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw new WorkFailedException(
                $"The aggregated optimizer state does not fit this runner: {problem.Message} "
                + "Use the same optimizer everywhere, or another opt_treatment.",
                problem);
        }

        var digest = TensorDigest.Parse(input.Optimizer.Digest);
        return Intact(digest, await TensorFile.LoadAsync(
            store.PathOf(digest), layout, runner.WriteOptimizerTensor, cancellationToken));
    }

    private bool Intact(TensorDigest expected, TensorDigest found)
    {
        if (expected != found)
        {
            store.Remove(expected);
        }

        return expected == found;
    }

    private async Task<ModelManifest?> LayoutAsync(string experiment, Wire.TensorBundle bundle, CancellationToken cancellationToken)
    {
        if (bundle.ManifestHash == runner.Model.Hash.ToString())
        {
            return runner.Model;
        }

        if (runner.OptimizerState is { } state && bundle.ManifestHash == state.Hash.ToString())
        {
            return state;
        }

        return await gateway.PullManifestAsync(experiment, bundle.ManifestHash, cancellationToken) is { } message
            ? ModelManifest.FromMessage(message)
            : null;
    }

    private string Difference(ModelManifest expected) =>
        "The runner's model is not the federation's: "
        + $"{runner.Model.FirstDifferenceFrom(expected) ?? "the manifests' hashes differ"}. Use the workspace the aggregator uses.";
}
