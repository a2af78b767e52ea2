using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>What a round's control variates are aggregated from, beside the results.</summary>
/// <param name="Ledger">Whose are in c; null before anybody's are.</param>
/// <param name="Members">The federation's members.</param>
internal sealed record ControlInput(ControlLedger? Ledger, IReadOnlyList<CollaboratorName> Members);

/// <summary>What control variates came to.</summary>
/// <param name="Bundle">c, published.</param>
/// <param name="Ledger">Whose are in it.</param>
/// <param name="Lost">Whose were lost, so that all begin again.</param>
internal sealed record ControlOutcome(TensorBundle Bundle, ControlLedger Ledger, IReadOnlyList<CollaboratorName> Lost);

/// <summary>
/// Aggregates the changes of the collaborators' control variates, and keeps c = (1/N) Σ cᵢ true: SCAFFOLD goes to the right model because of
/// it, and a part of c that no collaborator answers for would draw every later step aside. Where it cannot be kept, c and all cᵢ begin
/// again from zero, which costs what a round of each collaborator learns anew.
/// </summary>
internal sealed class ControlAggregation(ITensorStore store)
{
    private const int PieceBytes = 1 << 20;

    private static readonly ControlAverage Rule = new();

    /// <summary>Runs on the calling thread and helpers of its own. The same results give the same bytes.</summary>
    /// <param name="task">The task.</param>
    /// <param name="choice">The plan's choice of the rule.</param>
    /// <param name="current">c; null while it is zero.</param>
    /// <param name="results">The results that count, in the order of the collaborators' names.</param>
    /// <param name="input">Whose control variates c is made of, and the federation.</param>
    /// <returns>Null when no result brings a change of one.</returns>
    /// <exception cref="TensorStoreException">Bytes cannot be read or not written.</exception>
    public ControlOutcome? Run(
        TaskId task,
        PolicyChoice choice,
        TensorBundle? current,
        IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results,
        ControlInput input)
    {
        var empty = ControlLedger.Empty(input.Members.Count);
        var ledger = input.Ledger ?? empty;
        var changes = results
            .Select(result => (result.Collaborator, Bundle: result.Report.Bundles.Find(BundleKinds.Control), result.Report.ControlRound))
            .Where(change => change.Bundle is not null)
            .ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var manifest = store.GetManifest(task.Round.Experiment, changes[0].Bundle!.ManifestHash);
        var lost = changes.Where(change => change.ControlRound != ledger.RoundOf(change.Collaborator)).Select(change => change.Collaborator).ToList();
        using var stage = store.CreateStage(TensorScope.Models(task.Round.Experiment), $"{task.Task}.{BundleKinds.Control}");
        if (lost.Count > 0 || !ledger.IsOf(input.Members))
        {
            WriteZeros(stage, manifest);
            return new(Bundle(stage, manifest), empty, lost);
        }

        var measures = Aggregate(task, choice, current, [.. changes.Select(change => change.Bundle!)], input.Members.Count, manifest, stage);
        var counted = changes.Zip(measures).Where(pair => pair.Second.Counted > 0).Select(pair => pair.First.Collaborator);
        return new(Bundle(stage, manifest), ledger.With(input.Members.Count, task.Round.Number, counted), []);
    }

    private IReadOnlyList<UpdateMeasure> Aggregate(
        TaskId task, PolicyChoice choice, TensorBundle? current, IReadOnlyList<TensorBundle> changes, int members, ModelManifest manifest, ITensorStage stage)
    {
        ITensorReader Zero() => new ZeroReader(manifest.ByteLength);
        var experiment = task.Round.Experiment;

        // An update that started from zero and is moved to c: its row is c + Δcᵢ.
        var sources = changes
            .Select(change => new UpdateSource(() => store.Open(TensorScope.Updates(task.Round), change, manifest), 1) { StartedFrom = Zero })
            .ToList();
        using var files = new UpdateFiles(sources, current is null ? Zero : () => store.Open(TensorScope.Models(experiment), current.Digest));
        return new BundleAggregation(Rule, ControlAverage.Of(choice, members), manifest, files).Run(stage);
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
