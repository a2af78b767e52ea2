using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Simulation.Machines;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>CollaboratorGrain</c>: asks <see cref="Acceptance"/>, persists before the reply, then tells task and round.</summary>
internal sealed class CollaboratorDoor(SiloProcess silo, CollaboratorName name) : Door(silo)
{
    private GrainStorage<CollaboratorState>? _opened;
    private readonly Lease _lease = new(silo.World.Schedule, Times.Lease);
    private CollaboratorState _persisted = new();

    private GrainStorage<CollaboratorState> Stored => _opened ??= Storage<CollaboratorState>($"collaborator {name}");

    protected override bool MayBeCollected => true;

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield return Part.Of(Stored.Read());
        _persisted = Stored.State;
        StartTimer(Times.Lease / 2, Times.Lease / 2, _ => WatchLeaseAsync());
    }

    public IEnumerator<Wait> GetWorkAsync(Reply<WorkAnswer> reply)
    {
        _lease.Renew();
        var asked = Silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
        yield return asked;
        var current = asked.Value;
        if (current.Lifecycle.HasEnded())
        {
            reply.Value = WorkAnswer.Stop(current.Round, current.Lifecycle == Lifecycle.Finished, current.Reason);
            yield break;
        }

        if (!current.HandsOutWork)
        {
            reply.Value = WorkAnswer.Wait(current.Round, current.Reason);
            yield break;
        }

        if (current.IsAsynchronous)
        {
            var work = Silo.Contributors.Ask<WorkAnswer>(name, (door, answer) => door.GetWorkAsync(current, answer), "turn-work");
            yield return work;
            reply.Value = work.Value;
            yield break;
        }

        var tasks = Silo.Rounds.Ask<IReadOnlyList<string>>(current.Round, (door, answer) => door.HandOutAsync(name, answer), "hand-out");
        yield return tasks;
        reply.Value = tasks.Value.Count > 0
            ? new(WorkKind.Work, current.Round, tasks.Value, current.Bundles, "")
            : WorkAnswer.Wait(current.Round, "the round goes on with the others");
    }

    public IEnumerator<Wait> ReportAsync(RoundId round, TaskReport report, Reply<ReportOutcome> reply)
    {
        _lease.Renew();
        if (Acceptance.FromState(_persisted, round, report.Task) is not { } outcome)
        {
            var standing = Silo.Rounds.Ask<TaskStanding>(
                round.Number, (door, answer) => door.StandingAsync(name, report.Task, answer), "standing");
            yield return standing;
            outcome = Acceptance.FromRound(standing.Value);
        }

        if (outcome == ReportOutcome.Accepted)
        {
            var save = SaveAsync(_persisted.With(round, new(report, Silo.World.Schedule.GetUtcNow())));
            if (Silo.World.Mutation == Mutation.AcknowledgeBeforePersist)
            {
                new Turn(Silo, save).Run();
                reply.Value = outcome;
                yield break;
            }

            yield return Part.Of(save);
        }

        if (outcome is ReportOutcome.Accepted or ReportOutcome.AlreadyAccepted)
        {
            var told = new Reply<ReportOutcome>();
            yield return Part.Of(TellAsync(round, report.Task, outcome, told));
            outcome = told.Value;
        }

        reply.Value = outcome;
    }

    public IEnumerator<Wait> GetAcceptedAsync(RoundId round, Reply<IReadOnlyList<AcceptedResult>> reply)
    {
        reply.Value = _persisted.Of(round);
        yield break;
    }

    public IEnumerator<Wait> ForgetAsync(RoundId round)
    {
        if (_persisted.Of(round).Count > 0)
        {
            yield return Part.Of(SaveAsync(_persisted.Without(round)));
        }
    }

    public IEnumerator<Wait> RenewAsync()
    {
        _lease.Renew();
        yield break;
    }

    public IEnumerator<Wait> GetPresenceAsync(Reply<Presence> reply)
    {
        reply.Value = _lease.Presence;
        yield break;
    }

    private IEnumerator<Wait> SaveAsync(CollaboratorState next)
    {
        var save = Part.Of(Stored.Save(next)).Caught();
        yield return save;
        _persisted = Stored.State;
        if (save.Failure is { } failure)
        {
            throw new FailureException(failure);
        }
    }

    private IEnumerator<Wait> TellAsync(RoundId round, string task, ReportOutcome outcome, Reply<ReportOutcome> told)
    {
        if (_persisted.Of(round).SingleOrDefault(result => result.Report.Task == task) is not { } accepted)
        {
            throw new FailureException(Failure.Unavailable); // Taken back meanwhile.
        }

        yield return Silo.Tasks.Ask<Nothing>((round.Number, task), (door, _) => door.AcceptAsync(name, accepted.Report), "accept");
        var counts = Silo.Rounds.Ask<bool>(
            round.Number, (door, answer) => door.ReportedAsync(name, task, accepted.AcceptedAt, answer), "reported");
        yield return counts;
        var isCounted = new Reply<bool> { Value = counts.Value };
        if (!counts.Value && Silo.World.Mutation != Mutation.ForgetWhoCounted)
        {
            var asked = Silo.Experiment.Ask<bool>(
                0, (door, answer) => door.HasCountedAsync(round.Number, name, answer), "has-counted", interleaves: true);
            yield return asked;
            isCounted.Value = asked.Value;
        }

        told.Value = isCounted.Value || Silo.World.Mutation == Mutation.AcknowledgeClosedRound ? outcome : ReportOutcome.RoundClosed;
    }

    private IEnumerator<Wait> WatchLeaseAsync()
    {
        _lease.RanOut();
        yield break;
    }
}
