using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>What a round's control is aggregated from, beside the results.</summary>
/// <param name="Ledger">Whose parts are in the control so far; null before anybody's are.</param>
/// <param name="Members">The federation's members.</param>
internal sealed record ControlInput(ControlLedger? Ledger, IReadOnlyList<CollaboratorName> Members);

/// <summary>What a control came to.</summary>
/// <param name="Bundle">The control, published.</param>
/// <param name="Ledger">Whose parts are in it.</param>
/// <param name="Lost">Whose were lost, so that all begin again.</param>
internal sealed record ControlOutcome(TensorBundle Bundle, ControlLedger Ledger, IReadOnlyList<CollaboratorName> Lost);

/// <summary>
/// Aggregates what controls the collaborators' steps, and keeps account of whose parts are in it. SCAFFOLD's goes on from round to round, and
/// c = (1/N) Σ cᵢ is kept true: it goes to the right model because of that, and a part of c that no collaborator answers for would draw every
/// later step aside. Where it cannot be kept, c and all cᵢ begin again from zero, which costs what a round of each collaborator learns anew.
/// FedCurv's is made anew of each round's results and has nothing to keep.
/// </summary>
internal sealed class ControlAggregation(ITensorStore store, AggregationRules rules)
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Runs on the calling thread and helpers of its own. The same results give the same bytes.</summary>
    /// <param name="task">The task.</param>
    /// <param name="choice">The plan's choice of the rule, an <see cref="IControlRule"/>.</param>
    /// <param name="current">The control so far; null while it is zero.</param>
    /// <param name="results">The results that count, in the order of the collaborators' names.</param>
    /// <param name="input">Whose parts are in the control so far, and the federation.</param>
    /// <returns>Null when no result brings a part of one.</returns>
    /// <exception cref="TensorStoreException">Bytes cannot be read or not written.</exception>
    public ControlOutcome? Run(
        TaskId task,
        PolicyChoice choice,
        TensorBundle? current,
        IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results,
        ControlInput input)
    {
        var rule = (IControlRule)rules.Find(choice.Name);
        if (results.Select(result => result.Report.Bundles.Find(BundleKinds.Model)).FirstOrDefault(bundle => bundle is not null) is not { } model)
        {
            return null;
        }

        var manifest = rule.ControlLayout(store.GetManifest(task.Round.Experiment, model.ManifestHash));
        var parts = results
            .Select(result => (result.Collaborator, Bundle: result.Report.Bundles.Find(BundleKinds.Control), result.Report.ControlRound))
            .Where(part => part.Bundle?.ManifestHash == manifest.Hash)
            .ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        var empty = ControlLedger.Empty(input.Members.Count);
        var ledger = rule.ControlGoesOn ? input.Ledger ?? empty : empty;
        var lost = rule.ControlGoesOn
            ? parts.Where(part => part.ControlRound != ledger.RoundOf(part.Collaborator)).Select(part => part.Collaborator).ToList()
            : [];
        using var stage = store.CreateStage(TensorScope.Models(task.Round.Experiment), $"{task.Task}.{BundleKinds.Control}");
        if (lost.Count > 0 || !ledger.IsOf(input.Members))
        {
            WriteZeros(stage, manifest);
            return new(Bundle(stage, manifest), empty, lost);
        }

        var sum = rule.ControlSum(choice, input.Members.Count);
        var measures = Aggregate(task, sum, choice, rule.ControlGoesOn ? current : null, [.. parts.Select(part => part.Bundle!)], manifest, stage);
        var counted = parts.Zip(measures).Where(pair => pair.Second.Counted > 0).Select(pair => pair.First.Collaborator);
        return new(Bundle(stage, manifest), ledger.With(input.Members.Count, task.Round.Number, counted), []);
    }

    private IReadOnlyList<UpdateMeasure> Aggregate(
        TaskId task, ControlSum sum, PolicyChoice choice, TensorBundle? current, IReadOnlyList<TensorBundle> parts, ModelManifest manifest, ITensorStage stage)
    {
        ITensorReader Zero() => new ZeroReader(manifest.ByteLength);
        var experiment = task.Round.Experiment;

        // An update that started from zero and is moved to the control so far: its row is c + dₖ.
        var sources = parts
            .Select(part => new UpdateSource(() => store.Open(TensorScope.Updates(task.Round), part, manifest), 1) { StartedFrom = Zero })
            .ToList();
        using var files = new UpdateFiles(sources, current is null ? Zero : () => store.Open(TensorScope.Models(experiment), current.Digest));
        return new BundleAggregation(sum, choice, manifest, files).Run(stage);
    }

    private static void WriteZeros(ITensorStage stage, ModelManifest manifest)
    {
        var zeros = new byte[Math.Min(PieceBytes, manifest.ByteLength)];
        for (var offset = 0L; offset < manifest.ByteLength; offset += zeros.Length)
        {
            stage.Append(zeros.AsSpan(0, (int)Math.Min(zeros.Length, manifest.ByteLength - offset)));
        }
    }

    private static TensorBundle Bundle(ITensorStage stage, ModelManifest manifest) =>
        new(BundleKinds.Control, stage.Commit(), manifest.Hash, manifest.ByteLength);
}
