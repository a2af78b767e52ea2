using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>Makes a task's outcome of its accepted results: metrics averaged, updates aggregated and written to the store.</summary>
internal sealed class TaskAggregation(ITensorStore store)
{
    /// <summary>Runs on the calling thread. The same results in the same order give the same bytes; running it again is harmless.</summary>
    /// <param name="task">The task.</param>
    /// <param name="choice">The rule and its settings.</param>
    /// <param name="reports">The accepted results, in the order of the collaborators' names.</param>
    /// <exception cref="TensorStoreException">An update cannot be read or the aggregate not written.</exception>
    public TaskOutcome Run(TaskId task, PolicyChoice choice, IReadOnlyList<TaskReport> reports)
    {
        var kinds = reports.SelectMany(report => report.Bundles).Select(bundle => bundle.Kind).Distinct(StringComparer.Ordinal);
        return new(
            task.Task,
            reports.Count,
            reports.Sum(report => report.SampleCount),
            MetricAggregation.Average(reports),
            [.. kinds.Select(kind => Aggregate(task, choice, kind, reports))]);
    }

    private TensorBundle Aggregate(TaskId task, PolicyChoice choice, string kind, IReadOnlyList<TaskReport> reports)
    {
        var updates = reports
            .SelectMany(report => report.Bundles.Where(bundle => bundle.Kind == kind).Select(bundle => (bundle, report.SampleCount)))
            .ToList();

        // A model's layout was checked when it was accepted. Optimizer states may differ in form while some collaborators have
        // just begun; those of the form with the most samples behind it are averaged.
        var layout = updates
            .GroupBy(update => update.bundle.ManifestHash)
            .OrderByDescending(group => group.Sum(update => update.SampleCount))
            .ThenBy(group => group.Key.Value)
            .First();
        var manifest = store.FindManifest(task.Round.Experiment, layout.Key)
            ?? throw new TensorStoreException($"The layout {layout.Key} of an accepted update is gone from the tensor store. Restore it from a backup.");

        using var files = new UpdateFiles(
            [.. layout.Select(update => (Func<ITensorReader>)(() => Open(task, update.bundle)))], [.. layout.Select(update => update.SampleCount)]);
        using var stage = store.CreateStage(TensorScope.Models(task.Round.Experiment), $"{task.Task}.{kind}");
        BundleAggregation.Run(AggregationRules.Find(choice.Name), choice, manifest, files, stage, Environment.ProcessorCount);
        return new(kind, stage.Commit(), manifest.Hash, manifest.ByteLength);
    }

    private ITensorReader Open(TaskId task, TensorBundle bundle) =>
        store.TryOpen(TensorScope.Updates(task.Round), bundle.Digest)
        ?? throw new TensorStoreException($"The accepted update {bundle.Digest} of {task} is gone from the tensor store. Restore it from a backup.");
}
