using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>Makes a task's outcome of its accepted results: metrics averaged, updates aggregated and written to the store.</summary>
internal sealed class TaskAggregation(StoredAggregation aggregation)
{
    /// <summary>Runs on the calling thread. The same results in the same order give the same bytes; running it again is harmless.</summary>
    /// <param name="task">The task.</param>
    /// <param name="choice">The rule and its settings.</param>
    /// <param name="current">What the round starts from.</param>
    /// <param name="results">The accepted results, in the order of the collaborators' names.</param>
    /// <param name="publishing">How the model's change is encoded; null when models are published whole.</param>
    /// <param name="controls">Whose part is in the control of the steps, and the federation; null where the rule has none.</param>
    /// <exception cref="TensorStoreException">An update cannot be read or the aggregate not written.</exception>
    public TaskOutcome Run(
        TaskId task,
        PolicyChoice choice,
        IReadOnlyList<TensorBundle> current,
        IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results,
        CompressionPipeline? publishing = null,
        ControlInput? controls = null)
    {
        var reports = results.Select(result => result.Report).ToList();
        var kinds = reports.SelectMany(report => report.Bundles).Select(bundle => bundle.Kind).Distinct(StringComparer.Ordinal);
        var aggregates = kinds.Where(kind => kind != BundleKinds.Control)
            .Select(kind => Aggregate(task, choice, kind, current, results, publishing)).ToList();
        var control = controls is null ? null : aggregation.Controls.Run(task, choice, current.Find(BundleKinds.Control), results, controls);
        return new(
            task.Task,
            reports.Count,
            reports.Sum(report => report.SampleCount),
            MetricAggregation.Average(reports),
            [.. aggregates.SelectMany(aggregate => aggregate.Bundles), .. control is null ? [] : new[] { control.Bundle }])
        {
            Alarms = [.. aggregates.SelectMany(aggregate => aggregate.Alarms)],
            WithoutUpdate = WithoutModel(results) is var without && without.Count < results.Count ? without : [],
            Controls = control?.Ledger,
            LostControls = control?.Lost ?? [],
        };
    }

    private static List<CollaboratorName> WithoutModel(IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results) =>
        [.. results
            .Where(result => result.Report.Bundles.All(bundle => bundle.Kind != BundleKinds.Model))
            .Select(result => result.Collaborator)];

    private (IReadOnlyList<TensorBundle> Bundles, IReadOnlyList<UpdateAlarm> Alarms) Aggregate(
        TaskId task,
        PolicyChoice choice,
        string kind,
        IReadOnlyList<TensorBundle> current,
        IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results,
        CompressionPipeline? publishing)
    {
        // A model's layout was checked when it was accepted. Optimizer states may differ in form while some collaborators have
        // just begun; those of the form with the most samples behind it are averaged.
        var layout = results
            .SelectMany(result => result.Report.Bundles
                .Where(bundle => bundle.Kind == kind)
                .Select(bundle => (result.Collaborator, Bundle: bundle, result.Report.SampleCount)))
            .GroupBy(update => update.Bundle.ManifestHash)
            .OrderByDescending(group => group.Sum(update => update.SampleCount))
            .ThenBy(group => group.Key.Value)
            .First();
        var sources = layout.Select(update => new UpdateSource(() => Open(task, update.Bundle), update.SampleCount)).ToList();
        var (bundles, measures) = aggregation.Run(task, choice, kind, layout.Key, sources, current, publishing);
        var names = layout.Select(update => update.Collaborator).ToList();
        return (bundles, kind == BundleKinds.Model ? UpdateAlarm.Find(names, measures, BoundedAverage.Multiplier(choice)) : []);
    }

    private ITensorReader Open(TaskId task, TensorBundle bundle) => aggregation.Open(TensorScope.Updates(task.Round), bundle);
}
