using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;
using Actors.Simulation.Machines;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>
/// Mirrors <c>TaskGrain</c> with <c>TaskAggregation</c>: gathers the counted results, looks for lost ones, aggregates beside its
/// turns and tells the round. The aggregate is a digest of the counted updates.
/// </summary>
internal sealed class TaskDoor(SiloProcess silo, int round, string task) : Door(silo)
{
    private readonly Dictionary<CollaboratorName, TaskReport> _reports = [];
    private readonly RoundId _round = new(World.Experiment, round);
    private TaskOutcome? _outcome;
    private IReadOnlyList<CollaboratorName> _counted = [];
    private Turn? _run;
    private bool _isRunning;

    protected override bool MayBeCollected => !_isRunning;

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield break;
    }

    public IEnumerator<Wait> AcceptAsync(CollaboratorName collaborator, TaskReport report)
    {
        _reports[collaborator] = report;
        yield break;
    }

    public IEnumerator<Wait> AggregateAsync(IReadOnlyList<CollaboratorName> counted)
    {
        if (_isRunning && Silo.World.Mutation != Mutation.TakeStaleOutcomes && !counted.SequenceEqual(_counted))
        {
            _run!.Abandon();
            _isRunning = false;
        }

        if (!_isRunning)
        {
            (_outcome, _isRunning, _counted) = (null, true, counted);
            _run = new Turn(Silo, RunAsync(counted));
            _run.Run();
        }

        yield break;
    }

    private IEnumerator<Wait> RunAsync(IReadOnlyList<CollaboratorName> counted)
    {
        while (true)
        {
            var attempt = Part.Of(TryAsync(counted)).Caught();
            yield return attempt;
            if (attempt.Failure is null)
            {
                break;
            }

            yield return Silo.Delay(Times.AggregationRetry);
        }

        _isRunning = false;
        DeactivateOnIdle();
    }

    private IEnumerator<Wait> TryAsync(IReadOnlyList<CollaboratorName> counted)
    {
        if (_outcome is null)
        {
            var results = new List<(CollaboratorName Name, TaskReport? Report)>();
            yield return Part.Of(GatherAsync(counted, results));
            yield return Silo.Delay(Silo.Dice.Milliseconds(0.1, 5));
            var lost = results.Where(result => result.Report is not { } report || IsLost(report)).Select(result => result.Name).ToList();
            if (lost.Count > 0)
            {
                yield return Silo.Rounds.Ask<Nothing>(round, (door, _) => door.UpdatesLostAsync(lost), "updates-lost");
                yield break;
            }

            var current = Silo.Experiment.Ask<CurrentRound>(0, (door, reply) => door.GetCurrentAsync(reply), "current", interleaves: true);
            yield return current;
            if (current.Value.IsPast(round))
            {
                yield break;
            }

            yield return Silo.Delay(Silo.Dice.Milliseconds(1, 3000));
            _outcome = Aggregate([.. results.Select(result => result.Report!)]);
        }

        var outcome = _outcome;
        yield return Silo.Rounds.Ask<Nothing>(round, (door, _) => door.TaskCompletedAsync(outcome, counted), "task-completed");
    }

    private IEnumerator<Wait> GatherAsync(IReadOnlyList<CollaboratorName> counted, List<(CollaboratorName Name, TaskReport? Report)> results)
    {
        foreach (var name in counted)
        {
            if (_reports.TryGetValue(name, out var told))
            {
                results.Add((name, told));
                continue;
            }

            var asked = Silo.Collaborators.Ask<IReadOnlyList<AcceptedResult>>(
                name, (door, reply) => door.GetAcceptedAsync(_round, reply), "accepted", interleaves: true);
            yield return asked;
            results.Add((name, asked.Value.FirstOrDefault(result => result.Report.Task == task)?.Report));
        }
    }

    private bool IsLost(TaskReport report) => report.Bundles.Any(bundle => !Silo.World.Tensors.HasUpdate(new(round, null), bundle.Digest));

    private TaskOutcome Aggregate(IReadOnlyList<TaskReport> reports)
    {
        var updates = reports.SelectMany(report => report.Bundles).ToList();
        if (updates.Any(update => !Silo.World.Tensors.HasUpdate(new(round, null), update.Digest)))
        {
            throw new FailureException(Failure.Unavailable); // Lost while the aggregation was under way.
        }

        if (Silo.World.Mutation == Mutation.CountTwice && updates.Count > 1)
        {
            updates.Add(updates[0]);
        }

        return new(
            task, reports.Count, reports.Sum(report => report.SampleCount), MetricAggregation.Average(reports),
            updates.Count == 0 ? [] : [Publish(Digests.Aggregate(round, updates.Select(update => update.Digest)), updates[0])]);
    }

    private TensorBundle Publish(Contracts.Tensors.TensorDigest digest, TensorBundle like) => Silo.World.Tensors.TryStoreModel(digest)
        ? like with { Digest = digest }
        : throw new FailureException(Failure.Unavailable);
}
