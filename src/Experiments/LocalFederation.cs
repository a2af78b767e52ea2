using Actors.Contracts.Plans;
using Actors.Experiments.Running;
using Actors.Learning.Torch.Native;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments;

/// <summary>
/// A federation in this process: the aggregator and the collaborators' hosts that run as processes elsewhere, over mutual TLS on
/// loopback, with certificates of their own.
/// </summary>
public static class LocalFederation
{
    /// <summary>
    /// Trains a model round after round as the plan says. The same model, data and plan give the same bytes as in processes of their
    /// own, and at every run; tasks therefore take turns, with as many threads as <c>OMP_NUM_THREADS</c> says, or 1.
    /// </summary>
    /// <param name="model">What is trained.</param>
    /// <param name="data">Who has which data; it stays the caller's.</param>
    /// <param name="options">Changes of the plan, and what is heard and kept; null for none.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <returns>The trained model; the caller disposes it.</returns>
    /// <exception cref="PlanException">The plan with what the options set cannot run; the message names every problem.</exception>
    /// <exception cref="ExperimentException">The experiment ended before its last round; the message says why.</exception>
    /// <exception cref="ArgumentException">The options' folder holds an experiment already.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<ExperimentResult> RunExperimentAsync(
        FederatedModel model, FederatedDataset data, ExperimentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var folder = new ExperimentFolder(options?.Folder);
        using var run = Prepare(model, folder, options);
        return await run.TrainAsync(data.Collaborators, cancellationToken);
    }

    /// <summary>
    /// Measures a network on everybody's data, which stays where it is: a federated evaluation, one round of the plan's tasks that validate the
    /// global model. The numbers are averaged over the collaborators by their samples; who has no validation samples cannot take part.
    /// </summary>
    /// <param name="model">What the network is of.</param>
    /// <param name="network">The network, such as the result of a training; it stays the caller's.</param>
    /// <param name="data">Who has which data; it stays the caller's.</param>
    /// <param name="options">Changes of the plan, and what is heard and kept; null for none.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <exception cref="PlanException">The plan cannot run, or none of its tasks validates the global model.</exception>
    /// <exception cref="ExperimentException">The evaluation did not come to its end; the message says why.</exception>
    /// <exception cref="ArgumentException">The network has other tensors than the model, or the options' folder holds an experiment already.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<RoundMetrics> EvaluateAsync(
        FederatedModel model,
        Module<Tensor, Tensor> network,
        FederatedDataset data,
        ExperimentOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        using var folder = new ExperimentFolder(options?.Folder);
        using var run = Prepare(model, folder, options);
        return await run.EvaluateAsync(network, data.Collaborators, cancellationToken);
    }

    private static LocalRun Prepare(FederatedModel model, ExperimentFolder folder, ExperimentOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        var catalogue = new ExperimentCatalogue(model, options.Classes);
        var plan = LocalPlan.With(options.Plan, catalogue);
        var code = new ExperimentCode(plan, catalogue.Classes);
        TrainingRuntime.Prepare();
        LibTorch.EnsureLoaded();
        return new(plan, code, folder, model, options);
    }
}
