using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;
using Actors.Simulation.Invariants;
using Actors.Simulation.Machines;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>RoundGrain</c>: asks <see cref="Round"/>, persists, tells. Its reports are gathered from the collaborators' doors.</summary>
internal sealed class RoundDoor(SiloProcess silo, int number) : Door(silo)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan TaskPatience = TimeSpan.FromSeconds(10);

    private GrainStorage<RoundState>? _opened;
    private readonly Dictionary<string, TaskOutcome> _outcomes = new(StringComparer.Ordinal);
    private readonly RoundId _id = new(World.Experiment, number);
    private ExperimentPlan? _plan;
    private Round? _book;
    private bool _bookIsOld;
    private string? _shortage;
    private bool _toldItCanClose;
    private DoorSteps? _steps;
    private int _patrolsInVain;

    private GrainStorage<RoundState> Stored => _opened ??= Storage<RoundState>($"round {number}");

    private RoundState State => Stored.State;

    private Round Book => _book!;

    private DoorSteps Steps => _steps ??= new(this, StepAsync, () => _bookIsOld = true);

    private DateTimeOffset Now => Silo.World.Schedule.GetUtcNow();

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield return Part.Of(Stored.Read());
        if (State.Phase != RoundPhase.None)
        {
            _plan = Silo.World.Definition.Plan;
            Watch();
            Steps.Soon();
        }
    }

    public IEnumerator<Wait> OpenAsync(RoundOpening opening)
    {
        if (State.Phase != RoundPhase.None)
        {
            yield break;
        }

        _plan = opening.Plan;
        _book = new(opening.Plan, Assigners.BuiltIn, opening.Members, number, attempt: 0);
        _toldItCanClose = true;
        Watch();
        yield return Part.Of(Stored.Save(new RoundState { Phase = RoundPhase.Open, Members = opening.Members, OpenedAt = Now }));
    }

    public IEnumerator<Wait> HandOutAsync(CollaboratorName collaborator, Reply<IReadOnlyList<string>> reply)
    {
        reply.Value = [];
        if (State.Phase != RoundPhase.Open)
        {
            yield break;
        }

        yield return Part.Of(EnsureBookAsync());
        var tasks = Book.OpenTasks(collaborator);
        if (tasks.Count > 0 && Book.HasDeadline && (State.StartedAt is null || _shortage is not null))
        {
            yield return Part.Of(Stored.Save(State with
            {
                StartedAt = Now,
                Attempt = Silo.World.Mutation == Mutation.ResetTheAttempt ? 0 : State.Attempt,
                PatienceFrom = State.Attempt,
            }));
            _shortage = null;
            Steps.Soon();
        }

        reply.Value = tasks;
    }

    public IEnumerator<Wait> StandingAsync(CollaboratorName collaborator, string task, Reply<TaskStanding> reply)
    {
        reply.Value = TaskStanding.Closed;
        if (State.Phase == RoundPhase.Open)
        {
            yield return Part.Of(EnsureBookAsync());
            reply.Value = Book.HasTask(collaborator, task) ? TaskStanding.Open : TaskStanding.NotAssigned;
        }
    }

    public IEnumerator<Wait> ReportedAsync(CollaboratorName collaborator, string task, DateTimeOffset acceptedAt, Reply<bool> reply)
    {
        if (State.Phase != RoundPhase.Open)
        {
            reply.Value = State.Counted.Contains(collaborator);
            yield break;
        }

        yield return Part.Of(EnsureBookAsync());
        reply.Value = Book.Enter(collaborator, task, acceptedAt);
        if (Book.Decide(State.StartedAt, Now) is { Step: not RoundStep.Wait } or { AskAgainAfter: not null }
            || Silo.World.Mutation == Mutation.CloseBelowMinimum)
        {
            Steps.Soon();
        }
    }

    public IEnumerator<Wait> TaskCompletedAsync(TaskOutcome outcome, IReadOnlyList<CollaboratorName> counted)
    {
        if (State.Phase != RoundPhase.Closing)
        {
            yield break;
        }

        yield return Part.Of(EnsureBookAsync());
        var isCurrent = counted.SequenceEqual(Book.WithTask(State.Counted, outcome.Task)) || Silo.World.Mutation == Mutation.TakeStaleOutcomes;
        if (isCurrent && _outcomes.TryAdd(outcome.Task, outcome))
        {
            Steps.Soon();
        }
    }

    public IEnumerator<Wait> UpdatesLostAsync(IReadOnlyList<CollaboratorName> collaborators)
    {
        if (State.Phase != RoundPhase.Closing)
        {
            yield break;
        }

        if (Silo.World.Mutation != Mutation.KeepTheBookOfLostUpdates)
        {
            _outcomes.Clear();
            _bookIsOld = true;
        }

        yield return Part.Of(Stored.Save(State with { Phase = RoundPhase.Open, Counted = [] }));
        Steps.Soon();
        var forgotten = collaborators
            .Select(name => Silo.Collaborators.Ask<Nothing>(name, (door, _) => door.ForgetAsync(_id), "forget", interleaves: true))
            .ToList();
        yield return Part.All(forgotten);
        yield return Part.Of(OpenBookAsync());
        Silo.Experiment.Notify(0, door => door.RoundChangedAsync(number));
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

    private IEnumerator<Wait> EnsureBookAsync()
    {
        if (_book is null || _bookIsOld)
        {
            yield return Part.Of(OpenBookAsync());
        }
    }

    private IEnumerator<Wait> OpenBookAsync()
    {
        var book = new Round(_plan!, Assigners.BuiltIn, State.Members, number, State.Attempt);
        var gathered = book.Assigned
            .Select(name => (name, Results: Silo.Collaborators.Ask<IReadOnlyList<AcceptedResult>>(
                name, (door, reply) => door.GetAcceptedAsync(_id, reply), "accepted", interleaves: true)))
            .ToList();
        foreach (var (name, results) in gathered)
        {
            yield return results;
            foreach (var result in Silo.World.Mutation == Mutation.ForgetToGather ? [] : results.Value)
            {
                book.Enter(name, result.Report.Task, result.AcceptedAt);
            }
        }

        (_book, _bookIsOld) = (book, false);
    }

    private void Watch() => Steps.Patrol(Times.Lease / 2, PatrolAsync);

    private IEnumerator<Wait> PatrolAsync()
    {
        if (State.Phase == RoundPhase.Open)
        {
            yield return Part.Of(EnsureBookAsync());
            yield return Part.Of(LookForTheMissingAsync());
            yield return Part.Of(StepAsync());
        }
    }

    // New members are not taken in: the scenario's are there from the start.
    private IEnumerator<Wait> LookForTheMissingAsync()
    {
        var asked = Book.Outstanding
            .Select(name => (name, Presence: Silo.Collaborators.Ask<Presence>(
                name, (door, reply) => door.GetPresenceAsync(reply), "presence", interleaves: true)))
            .ToList();
        foreach (var (_, presence) in asked)
        {
            yield return presence;
        }

        Book.NoteLost(asked.Where(found => found.Presence.Value.IsLost).Select(found => found.name));
        var shortage = Book.Shortage(State.Attempt - State.PatienceFrom);
        if (shortage is not null || (Silo.World.Mutation == Mutation.ForgetWhatWasTold ? _shortage is not null : !_toldItCanClose))
        {
            _toldItCanClose = false; // Until it is answered.
            yield return Silo.Experiment.Ask<Nothing>(0, (door, _) => door.RoundStuckAsync(number, shortage), "round-stuck");
        }

        _patrolsInVain = shortage is null && _shortage is null && Silo.World.Ledger.IsStuck(number) ? _patrolsInVain + 1 : 0;
        Silo.World.Ledger.Patrolled(number, _patrolsInVain);
        (_shortage, _toldItCanClose) = (shortage, shortage is null);
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
            yield return Part.Of(EnsureBookAsync());
        }

        if (State.Phase == RoundPhase.Open)
        {
            yield return Part.Of(DecideAsync());
        }

        if (State.Phase == RoundPhase.Closing)
        {
            yield return Part.Of(CloseAsync());
        }
    }

    private IEnumerator<Wait> DecideAsync()
    {
        var now = Now;
        var decision = Book.Decide(State.StartedAt, now);
        if (Silo.World.Mutation == Mutation.CloseBelowMinimum && Book.CompleteCount > 0)
        {
            decision = RoundDecision.CloseNow;
        }

        switch (decision.Step)
        {
            case RoundStep.Close:
                yield return Part.Of(Stored.Save(State with { Phase = RoundPhase.Closing, Counted = Book.Complete }));
                break;
            case RoundStep.Retry:
                yield return Part.Of(RetryAsync(now));
                break;
            case RoundStep.Wait when decision.AskAgainAfter is { } elapsed:
                var wait = elapsed - (now - State.StartedAt!.Value);
                Steps.In(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks)));
                break;
        }
    }

    private IEnumerator<Wait> RetryAsync(DateTimeOffset now)
    {
        yield return Part.Of(Stored.Save(State with { StartedAt = now, Attempt = State.Attempt + 1 }));
        yield return Part.Of(OpenBookAsync());
        yield return Part.Of(LookForTheMissingAsync());
        Silo.Experiment.Notify(0, door => door.RoundChangedAsync(number));
        Steps.Soon();
    }

    private IEnumerator<Wait> CloseAsync()
    {
        var tasks = _plan!.Tasks.Where(task => Book.WithTask(State.Counted, task.Name).Count > 0).ToList();
        var missing = tasks.Where(task => !_outcomes.ContainsKey(task.Name)).ToList();
        foreach (var task in missing)
        {
            var counted = Book.WithTask(State.Counted, task.Name);
            yield return Silo.Tasks.Ask<Nothing>((number, task.Name), (door, _) => door.AggregateAsync(counted), "aggregate");
        }

        if (missing.Count > 0)
        {
            Steps.In(TaskPatience);
            yield break;
        }

        var result = new RoundResult(
            number, [.. tasks.Select(task => _outcomes[task.Name])], State.Counted, Book.AssignedCount, State.OpenedAt, Now);
        yield return Silo.Experiment.Ask<Nothing>(0, (door, _) => door.RoundCompletedAsync(result), "round-completed");
        yield return Part.Of(EndAsync());
    }

    private IEnumerator<Wait> EndAsync()
    {
        yield return Part.Of(Stored.Clear());
        Steps.Stop();
        DeactivateOnIdle();
    }
}
