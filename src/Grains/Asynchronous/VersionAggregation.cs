using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// Makes the next version of a model: contribution i came to yᵢ from the version xᵢ, and counts in the plan's rule as an update
/// x + s(τᵢ) · (yᵢ − xᵢ) of the present version x, s(τᵢ) being the weight of its staleness. With the weighted average that is
/// x + Σ wᵢ · s(τᵢ) · (yᵢ − xᵢ) (FedBuff, Nguyen et al., 2022, Algorithm 1, with the server's learning rate 1).
/// </summary>
internal sealed class VersionAggregation(StoredAggregation aggregation)
{
    /// <summary>What the plan's tasks came to. Runs on the calling thread; running it again is harmless.</summary>
    /// <param name="version">The version that closes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="current">That version's model and what goes with it.</param>
    /// <param name="contributions">What it folds in, by collaborator and turn.</param>
    /// <exception cref="TensorStoreException">Bytes cannot be read or the model not written.</exception>
    public IReadOnlyList<TaskOutcome> Run(
        RoundId version,
        ExperimentPlan plan,
        IReadOnlyList<TensorBundle> current,
        IReadOnlyList<(CollaboratorName Collaborator, Contribution Contribution)> contributions) =>
        [.. plan.Tasks
            .Select(task => (
                Task: task,
                Results: contributions
                    .Select(found => (found.Collaborator, found.Contribution, Report: found.Contribution.Reports.FirstOrDefault(report => report.Task == task.Name)))
                    .Where(found => found.Report is not null)
                    .Select(found => new Result(found.Collaborator, found.Contribution, found.Report!))
                    .ToList()))
            .Where(task => task.Results.Count > 0)
            .Select(task => Outcome(new(version, task.Task.Name), plan, task.Task.Rule, current, task.Results))];

    private TaskOutcome Outcome(
        TaskId task, ExperimentPlan plan, PolicyChoice rule, IReadOnlyList<TensorBundle> current, IReadOnlyList<Result> results)
    {
        var updates = results.Where(result => result.Update is not null).ToList();
        var (bundles, measures) = updates.Count > 0 ? Fold(task, plan, rule, current, updates) : ([], []);
        return new(
            task.Task,
            results.Count,
            results.Sum(result => result.Report.SampleCount),
            MetricAggregation.Average([.. results.Select(result => result.Report)]),
            bundles)
        {
            Alarms = UpdateAlarm.Find([.. updates.Select(update => update.Collaborator)], measures, BoundedAverage.Multiplier(rule)),
            WithoutUpdate = updates.Count > 0 ? [.. results.Where(result => result.Update is null).Select(result => result.Collaborator)] : [],
        };
    }

    private (IReadOnlyList<TensorBundle> Bundles, IReadOnlyList<UpdateMeasure> Measures) Fold(
        TaskId task, ExperimentPlan plan, PolicyChoice rule, IReadOnlyList<TensorBundle> current, IReadOnlyList<Result> updates)
    {
        var model = current.Find(BundleKinds.Model)!;
        var models = TensorScope.Models(task.Round.Experiment);
        var sources = updates.Select(update =>
        {
            var scope = TensorScope.Turn(new(task.Round.Experiment, update.Collaborator), update.Contribution.Turn);
            var start = update.Contribution.StartedFrom.Digest;
            return new UpdateSource(() => aggregation.Open(scope, update.Update!), update.Report.SampleCount)
            {
                StartedFrom = start == model.Digest ? null : () => aggregation.Open(models, start),
                Freshness = BufferedAsync.Weight(plan.Stragglers, task.Round.Number - update.Contribution.Version),
            };
        });
        return aggregation.Run(task, rule, BundleKinds.Model, model.ManifestHash, [.. sources], current, plan.Publishing);
    }

    private sealed record Result(CollaboratorName Collaborator, Contribution Contribution, TaskReport Report)
    {
        public TensorBundle? Update => Report.Bundles.Find(BundleKinds.Model);
    }
}
