using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;
using Actors.Simulation.Machines;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

using TurnRules = Actors.Grains.Asynchronous.Turns;

namespace Actors.Simulation.Silo;

/// <summary>
/// Mirrors <c>VersionGrain</c> with <c>VersionAggregation</c>: takes contributions, closes with as many as the plan says, folds them
/// in. The next model is a digest of the updates and of what they started from.
/// </summary>
internal sealed class VersionDoor(SiloProcess silo, int number) : Door(silo)
{
    private readonly SortedSet<ContributionKey> _buffer = new(ContributionKey.Order);
    private GrainStorage<VersionState>? _opened;
    private ExperimentPlan? _plan;
    private Wait? _gathering;
    private DoorSteps? _steps;
    private bool _isWriting;
    private bool _toldItCanClose;
    private bool _wasStuck;
    private int _patrolsInVain;

    private GrainStorage<VersionState> Stored => _opened ??= Storage<VersionState>($"version {number}");

    private VersionState State => Stored.State;

    private DoorSteps Steps => _steps ??= new(this, StepAsync, () => { });

    private IStragglerPolicy Policy => StragglerPolicies.Find(_plan!.Stragglers.Name);

    private bool Closes =>
        Policy.Decide(_plan!.Stragglers, new(State.Members.Count, _buffer.Count, Silo.World.Schedule.GetUtcNow() - State.OpenedAt)).Close
        || (Silo.World.Mutation == Mutation.CloseBelowBuffer && _buffer.Count > 0);

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield return Part.Of(Stored.Read());
        if (State.Phase != RoundPhase.None)
        {
            Watch();
            Steps.Soon();
        }
    }

    public IEnumerator<Wait> OpenAsync(VersionOpening opening)
    {
        if (State.Phase != RoundPhase.None)
        {
            yield break;
        }

        if (Silo.World.Mutation != Mutation.ForgetWhatIsFolded)
        {
            yield return TellEach(opening.Folded, (door, turns) => door.FoldedAsync(turns));
        }

        _plan = opening.Plan;
        _toldItCanClose = true;
        Watch();
        yield return Part.Of(SaveAsync(new() { Phase = RoundPhase.Open, Members = opening.Members, OpenedAt = Silo.World.Schedule.GetUtcNow() }));
    }

    public IEnumerator<Wait> ContributedAsync(ContributionKey contribution, Reply<bool> reply)
    {
        if (State.Phase == RoundPhase.Open)
        {
            yield return Part.Of(EnsureGatheredAsync());
        }

        if (_isWriting)
        {
            yield break;
        }

        if (State.Phase != RoundPhase.Open)
        {
            reply.Value = State.Counted.Contains(contribution) || Silo.World.Mutation == Mutation.TakeWhileClosing;
            yield break;
        }

        if (_buffer.Add(contribution) && Closes)
        {
            Steps.Soon();
        }

        reply.Value = true;
    }

    public IEnumerator<Wait> DropAsync()
    {
        if (State.Phase != RoundPhase.None)
        {
            yield return Part.Of(EndAsync());
        }
    }

    public IEnumerator<Wait> GetStatusAsync(Reply<RoundPhase> reply)
    {
        reply.Value = State.Phase;
        yield break;
    }

    // One gathering at a time, whoever needs it.
    private IEnumerator<Wait> EnsureGatheredAsync()
    {
        if (_plan is not null)
        {
            yield break;
        }

        if (_gathering is not { IsDone: false })
        {
            _gathering = new();
            new Turn(Silo, GatherAsync(), _gathering.End).Run();
        }

        var (running, gathered) = (_gathering, new Wait());
        running.Then(() => gathered.End(running.Failure));
        yield return gathered;
    }

    private IEnumerator<Wait> GatherAsync()
    {
        var asked = State.Members
            .Select(name => (name, Pending: AskPending(name)))
            .ToList();
        foreach (var (_, pending) in asked)
        {
            yield return pending;
        }

        if (Silo.World.Mutation != Mutation.ForgetPending)
        {
            var maximum = BufferedAsync.MaximumStaleness(Silo.World.Definition.Plan.Stragglers);
            _buffer.UnionWith(asked.SelectMany(found => found.Pending.Value
                .Where(contribution => !TurnRules.IsTooOld(contribution, number, maximum) || Silo.World.Mutation == Mutation.FoldWhatIsTooOld)
                .Select(contribution => new ContributionKey(found.name, contribution.Turn))));
        }

        _plan = Silo.World.Definition.Plan;
    }

    private Reply<IReadOnlyList<Contribution>> AskPending(CollaboratorName name) => Silo.Contributors.Ask<IReadOnlyList<Contribution>>(
        name, (door, reply) => door.GetPendingAsync(reply), "pending", interleaves: true);

    private void Watch() => Steps.Patrol(Times.Lease / 2, PatrolAsync);

    private IEnumerator<Wait> PatrolAsync()
    {
        if (State.Phase == RoundPhase.Open)
        {
            yield return Part.Of(EnsureGatheredAsync());
            yield return Part.Of(LookWhetherAnybodyIsThereAsync());
            yield return Part.Of(StepAsync());
        }
    }

    private IEnumerator<Wait> LookWhetherAnybodyIsThereAsync()
    {
        var asked = State.Members
            .Select(name => Silo.Collaborators.Ask<Presence>(name, (door, reply) => door.GetPresenceAsync(reply), "presence", interleaves: true))
            .ToList();
        foreach (var presence in asked)
        {
            yield return presence;
        }

        var stuck = asked.All(presence => presence.Value.IsLost);
        if (stuck || !_toldItCanClose)
        {
            _toldItCanClose = false; // Until it is answered.
            yield return Silo.Experiment.Ask<Nothing>(
                0, (door, _) => door.RoundStuckAsync(number, stuck ? "no collaborator is there" : null), "round-stuck");
        }

        _patrolsInVain = !stuck && !_wasStuck && Silo.World.Ledger.IsStuck(number) ? _patrolsInVain + 1 : 0;
        Silo.World.Ledger.Patrolled(number, _patrolsInVain);
        (_wasStuck, _toldItCanClose) = (stuck, !stuck);
    }

    private IEnumerator<Wait> StepAsync()
    {
        if (State.Phase != RoundPhase.None)
        {
            var current = Silo.Experiment.Ask<CurrentRound>(0, (door, reply) => door.GetCurrentAsync(reply), "current", interleaves: true);
            yield return current;
            if (current.Value.IsPast(number))
            {
                yield return Part.Of(EndAsync());
            }
        }

        if (State.Phase != RoundPhase.None)
        {
            yield return Part.Of(EnsureGatheredAsync());
        }

        if (State.Phase == RoundPhase.Open && Closes)
        {
            yield return Part.Of(SaveAsync(State with { Phase = RoundPhase.Closing, Counted = [.. _buffer] }));
        }

        if (State.Phase == RoundPhase.Closing)
        {
            yield return Part.Of(CloseAsync());
        }
    }

    private IEnumerator<Wait> CloseAsync()
    {
        var asked = State.Counted.Select(key => (Key: key, Pending: AskPending(key.Collaborator))).ToList();
        foreach (var (_, pending) in asked)
        {
            yield return pending;
        }

        var found = asked
            .Select(one => (one.Key, Contribution: one.Pending.Value.FirstOrDefault(pending => pending.Turn == one.Key.Turn)))
            .ToList();
        var lost = found.Where(one => one.Contribution is null || IsLost(one.Key, one.Contribution)).Select(one => one.Key).ToList();
        if (lost.Count > 0 && Silo.World.Mutation != Mutation.OpenAgainWhenFolded)
        {
            var state = Silo.Experiment.Ask<ExperimentState>(0, (door, reply) => door.GetStateAsync(reply), "state", interleaves: true);
            yield return state;
            if (state.Value.Round > number)
            {
                yield return Part.Of(EndAsync());
                yield break;
            }
        }

        if (lost.Count > 0)
        {
            yield return TellEach(lost, (door, turns) => door.DropAsync(turns));
            _buffer.ExceptWith(lost);
            yield return Part.Of(SaveAsync(State with { Phase = RoundPhase.Open, Counted = [] }));
            Steps.Soon();
            yield break;
        }

        var current = Silo.Experiment.Ask<CurrentRound>(0, (door, reply) => door.GetCurrentAsync(reply), "current", interleaves: true);
        yield return current;
        yield return Silo.Delay(Silo.Dice.Milliseconds(1, 3000));
        var outcomes = Aggregate([.. found.Select(one => (one.Key, one.Contribution!))]);
        var result = new RoundResult(
            number, outcomes, [.. State.Counted.Select(key => key.Collaborator)], State.Members.Count, State.OpenedAt, Silo.World.Schedule.GetUtcNow())
        {
            Contributions = State.Counted,
        };
        yield return Silo.Experiment.Ask<Nothing>(0, (door, _) => door.RoundCompletedAsync(result), "round-completed");
        yield return Part.Of(EndAsync());
    }

    private bool IsLost(ContributionKey key, Contribution contribution) => contribution.Reports
        .SelectMany(report => report.Bundles)
        .Any(bundle => !Silo.World.Tensors.HasUpdate(new(key.Turn, World.IndexOf(key.Collaborator)), bundle.Digest));

    private IReadOnlyList<TaskOutcome> Aggregate(IReadOnlyList<(ContributionKey Key, Contribution Contribution)> folded)
    {
        if (folded.Any(one => IsLost(one.Key, one.Contribution) || !Silo.World.Tensors.HasModel(one.Contribution.StartedFrom.Digest)))
        {
            throw new FailureException(Failure.Unavailable); // Its bytes cannot be read.
        }

        return [.. _plan!.Tasks
            .Select(task => (task.Name, Reports: folded.SelectMany(one => one.Contribution.Reports).Where(report => report.Task == task.Name).ToList()))
            .Where(task => task.Reports.Count > 0)
            .Select(task => new TaskOutcome(
                task.Name,
                task.Reports.Count,
                task.Reports.Sum(report => report.SampleCount),
                MetricAggregation.Average(task.Reports),
                task.Reports.Any(report => report.Bundles.Count > 0) ? [Publish(Digests.Version(number, folded))] : []))];
    }

    private TensorBundle Publish(Contracts.Tensors.TensorDigest digest) => Silo.World.Tensors.TryStoreModel(digest)
        ? Digests.Bundle(digest)
        : throw new FailureException(Failure.Unavailable);

    private Wait TellEach(IReadOnlyList<ContributionKey> contributions, Func<ContributorDoor, IReadOnlyList<int>, IEnumerator<Wait>> tell) => Part.All(
        [.. contributions.GroupBy(key => key.Collaborator).Select(group => Silo.Contributors.Ask<Nothing>(
            group.Key, (door, _) => tell(door, [.. group.Select(key => key.Turn)]), "tell-turns", interleaves: true))]);

    private IEnumerator<Wait> SaveAsync(VersionState next)
    {
        _isWriting = Silo.World.Mutation != Mutation.TakeWhileWriting;
        var save = Part.Of(Stored.Save(next)).Caught();
        yield return save;
        _isWriting = false;
        if (save.Failure is { } failure)
        {
            throw new FailureException(failure);
        }
    }

    private IEnumerator<Wait> EndAsync()
    {
        yield return Part.Of(Stored.Clear());
        Steps.Stop();
        DeactivateOnIdle();
    }
}
