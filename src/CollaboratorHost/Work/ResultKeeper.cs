using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Faults;
using Actors.Contracts.Plans;
using Actors.Contracts.Tensors;
using Actors.Learning;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>Turns what a task left in the runner into files and a report that can be sent, now or after a restart.</summary>
internal sealed class ResultKeeper(CollaboratorOptions options, TaskRunner runner, LocalTensorStore store, UpdateEncoder encoder, ControlKeeper controls, KeptResults kept)
{
    /// <summary>Keeps the result of a step that has just run: bytes first, then the report that names them.</summary>
    public async Task KeepAsync(Step step, RoundInput input, TaskResult result, CancellationToken cancellationToken)
    {
        var report = new Wire.ResultReport
        {
            Experiment = input.Round.Experiment.ToString(),
            Round = input.Round.Number,
            Task = step.Task,
            SampleCount = result.SampleCount,
        };
        report.Metrics.AddRange(result.Metrics.Select(metric => new Wire.Metric { Name = metric.Name, Value = metric.Value }));
        if (step.Kind is TaskKind.Train)
        {
            var update = await SaveAsync(RoundInput.ModelKind, runner.Model, runner.ReadModelTensor, input, cancellationToken);
            if (encoder.IsNeeded)
            {
                var weights = TensorDigest.Parse(update.Bundle.Digest);
                update.Bundle.Encoding = await encoder.EncodeAsync(weights, runner.Model, step.Task, input, cancellationToken);
            }

            report.Bundles.Add(update);
            if (controls.AreOf(step.Task))
            {
                report.Bundles.Add(await controls.KeepAsync(step.Task, input, cancellationToken));
                if (controls.Basis is { } basis)
                {
                    report.ControlRound = basis;
                }
            }

            if (options.OptimizerTreatment is OptimizerTreatment.ContinueGlobal && runner.OptimizerState is { } state)
            {
                report.Bundles.Add(await SaveAsync(RoundInput.OptimizerKind, state, runner.ReadOptimizerTensor, input, cancellationToken));
            }
        }

        kept.Keep(input.Round, input.StartedFrom, report);
        FaultPoints.Reach(FaultPoint.ResultKept);
    }

    /// <summary>The digest of the weights that a training task of the round came to; null when they are not here any more.</summary>
    public TensorDigest? WeightsOf(string training, RoundInput input) =>
        kept.Find(input.Round, input.StartedFrom, training)?.Bundles
            .FirstOrDefault(reported => reported.Bundle.Kind == RoundInput.ModelKind) is { } update
            ? TensorDigest.Parse(update.Bundle.Digest)
            : null;

    private async Task<Wire.ReportedBundle> SaveAsync(
        string kind, ModelManifest layout, Action<int, Span<byte>> read, RoundInput input, CancellationToken cancellationToken)
    {
        var digest = await TensorFile.SaveAsync(store.ScratchPath, layout, read, cancellationToken);
        store.Adopt(digest);
        var bundle = new Wire.TensorBundle
        {
            Kind = kind,
            Digest = digest.ToString(),
            ManifestHash = layout.Hash.ToString(),
            ByteLength = layout.ByteLength,
        };
        var known = bundle.ManifestHash == input.Model.ManifestHash || bundle.ManifestHash == input.Optimizer?.ManifestHash;
        return new() { Bundle = bundle, Manifest = known ? null : layout.ToMessage() };
    }
}
