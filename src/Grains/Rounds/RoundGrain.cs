using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Rounds;

internal sealed partial class RoundGrain(
    [PersistentState("round")] IPersistentState<RoundState> storage,
    Assigners assigners,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<RoundGrain> logger) : Grain, IRoundGrain
{
    // A deadline may lie further away than a timer can wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan TaskPatience = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;
    private readonly Dictionary<string, TaskOutcome> _outcomes = new(StringComparer.Ordinal);
    private ExperimentPlan? _plan;
    private Round? _book;
    private bool _bookIsOld;
    private string? _shortage;

    // Not after an activation: the experiment may be paused for a shortage that is over.
    private bool _toldItCanClose;
    private GrainSteps? _steps;

    private RoundId Id => RoundId.Parse(this.GetPrimaryKeyString());

    private RoundState State => storage.State;

    private Round Book => _book!;

    private GrainSteps Steps => _steps ??= new(this, StepAsync, Failed);

    private IExperimentGrain Experiment => GrainFactory.GetExperiment(Id.Experiment);

    // Asks nobody: a grain that waits for this one while it is being moved could not answer.
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            Watch();
            Steps.Soon(); // A round that is over finds that out first.
        }

        return Task.CompletedTask;
    }

    public async Task OpenAsync(RoundOpening opening, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            return; // Its activation has woken it.
        }

        // The book first: a write whose answer is lost opens the round, too.
        _plan = opening.Plan;
        _book = Assign(opening);
        _toldItCanClose = true;
        Watch();
        await storage.SaveAsync(
            this, new RoundState { Phase = RoundPhase.Open, Members = opening.Members, OpenedAt = clock.GetUtcNow() }, cancellationToken);
        LogOpened(Id.Number, Book.AssignedCount);
    }

    public async Task<IReadOnlyList<string>> HandOutAsync(CollaboratorName collaborator, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.Open)
        {
            return [];
        }

        await EnsureBookAsync();
        var tasks = Book.OpenTasks(collaborator);
        if (tasks.Count > 0 && Book.HasDeadline && (State.StartedAt is null || _shortage is not null))
        {
            // The first one starts the clock; one that comes back to a round that was stuck gets its whole time, too.
            await storage.SaveAsync(this, State with { StartedAt = clock.GetUtcNow(), PatienceFrom = State.Attempt }, cancellationToken);
            _shortage = null;
            Steps.Soon();
        }

        return tasks;
    }

    public async Task<TaskStanding> StandingAsync(CollaboratorName collaborator, string task)
    {
        if (State.Phase != RoundPhase.Open)
        {
            return TaskStanding.Closed;
        }

        await EnsureBookAsync();
        return Book.HasTask(collaborator, task) ? TaskStanding.Open : TaskStanding.NotAssigned;
    }

    public async Task<bool> ReportedAsync(CollaboratorName collaborator, string task, DateTimeOffset acceptedAt)
    {
        if (State.Phase != RoundPhase.Open)
        {
            return State.Counted.Contains(collaborator);
        }

        await EnsureBookAsync();
        var entered = Book.Enter(collaborator, task, acceptedAt);
        if (Book.Decide(State.StartedAt, clock.GetUtcNow()) is { Step: not RoundStep.Wait } or { AskAgainAfter: not null })
        {
            // Not in this turn: the collaborator's grain waits for it.
            Steps.Soon();
        }

        return entered;
    }

    public async Task TaskCompletedAsync(TaskOutcome outcome, IReadOnlyList<CollaboratorName> counted, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.Closing)
        {
            return;
        }

        await EnsureBookAsync();
        if (counted.SequenceEqual(Book.WithTask(State.Counted, outcome.Task)) && _outcomes.TryAdd(outcome.Task, outcome))
        {
            Steps.Soon();
        }
    }

    public async Task UpdatesLostAsync(IReadOnlyList<CollaboratorName> collaborators, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.Closing)
        {
            return;
        }

        LogUpdatesLost(Id.Number, string.Join(", ", collaborators));

        // Given up before the write, which opens the round also when its answer is lost. Opened before its results are taken back:
        // one that is reported again meanwhile is not told that the round is closed. A crash in between finds them lost once more.
        _outcomes.Clear();
        _bookIsOld = true;
        await storage.SaveAsync(this, State with { Phase = RoundPhase.Open, Counted = [] }, cancellationToken);
        Steps.Soon();
        await Task.WhenAll(collaborators.Select(name => Collaborator(name).ForgetAsync(Id, cancellationToken)));
        await OpenBookAsync();
        await Experiment.RoundChangedAsync(Id.Number);
    }

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            await EndAsync(cancellationToken);
        }
    }

    public Task<RoundStatus> GetStatusAsync() => Task.FromResult(
        State.Phase == RoundPhase.None || _book is not { } book
            ? RoundStatus.None with { Phase = State.Phase }
            : new(
                State.Phase, book.AssignedCount, book.CompleteCount, book.Needed, State.Attempt, State.OpenedAt,
                State.StartedAt + book.Decide(State.StartedAt, clock.GetUtcNow()).AskAgainAfter, book.Outstanding));

    private Round Assign(RoundOpening opening)
    {
        try
        {
            return new(opening.Plan, assigners, opening.Members, Id.Number, attempt: 0);
        }
        catch (AssignmentException problem)
        {
            LogCannotAssign(problem, Id.Number);
            throw new AssignmentException(problem.Message); // Of the cause inside another process may not know the type.
        }
    }

    private ICollaboratorGrain Collaborator(CollaboratorName name) => GrainFactory.GetCollaborator(new CollaboratorId(Id.Experiment.Federation, name));

    // After an activation, and after a write that failed: it may have reached the store.
    private Task EnsureBookAsync() => _book is null || _bookIsOld ? OpenBookAsync() : Task.CompletedTask;

    // The reports are gathered anew from those who hold them: the round itself persists none.
    private async Task OpenBookAsync()
    {
        _plan ??= (await Experiment.GetDefinitionAsync())!.Plan;
        var book = new Round(_plan, assigners, State.Members, Id.Number, State.Attempt);
        var gathered = await Task.WhenAll(book.Assigned.Select(async name => (name, Results: await Collaborator(name).GetAcceptedAsync(Id))));
        foreach (var (name, results) in gathered)
        {
            foreach (var result in results)
            {
                book.Enter(name, result.Report.Task, result.AcceptedAt);
            }
        }

        (_book, _bookIsOld) = (book, false);
    }

    // Looks after those who are missing, and keeps the activation: a deadline of a round that nobody calls would go with it.
    private void Watch()
    {
        Steps.Patrol(options.Value.Lease / 2, PatrolAsync);
        DelayDeactivation(TimeSpan.FromDays(1));
    }

    private async Task PatrolAsync(CancellationToken cancellationToken)
    {
        if (State.Phase == RoundPhase.Open)
        {
            await EnsureBookAsync();
            await LookForTheMissingAsync(cancellationToken);
            await StepAsync(cancellationToken);
        }
    }

    private async Task LookForTheMissingAsync(CancellationToken cancellationToken)
    {
        if (Book.AssignedCount < Book.Needed)
        {
            await TakeInNewMembersAsync(cancellationToken);
        }

        var presence = await Task.WhenAll(Book.Outstanding.Select(async name => (name, Presence: await Collaborator(name).GetPresenceAsync())));
        Book.NoteLost(presence.Where(found => found.Presence.IsLost).Select(found => found.name));
        var shortage = Book.Shortage(State.Attempt - State.PatienceFrom);
        if (shortage is not null || !_toldItCanClose)
        {
            _toldItCanClose = false; // Until it is answered.
            await Experiment.RoundStuckAsync(Id.Number, shortage, cancellationToken);
        }

        (_shortage, _toldItCanClose) = (shortage, shortage is null);
    }

    // With those it was opened with the round can never close.
    private async Task TakeInNewMembersAsync(CancellationToken cancellationToken)
    {
        var members = await GrainFactory.GetFederation(Id.Experiment.Federation).GetMembersAsync();
        if (!members.SequenceEqual(State.Members))
        {
            await storage.SaveAsync(this, State with { Members = members }, cancellationToken);
            await OpenBookAsync();
            await Experiment.RoundChangedAsync(Id.Number);
        }
    }

    private void Failed(Exception problem)
    {
        LogAdvanceFailed(problem, Id.Number);
        _bookIsOld = true;
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None && (await Experiment.GetCurrentAsync()).IsPast(Id.Number))
        {
            await EndAsync(cancellationToken); // A crash came between the experiment's step and this round's end.
        }

        if (State.Phase != RoundPhase.None)
        {
            await EnsureBookAsync();
        }

        if (State.Phase == RoundPhase.Open)
        {
            await DecideAsync(cancellationToken);
        }

        if (State.Phase == RoundPhase.Closing)
        {
            await CloseAsync(cancellationToken);
        }
    }

    private async Task DecideAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var decision = Book.Decide(State.StartedAt, now);
        switch (decision.Step)
        {
            case RoundStep.Close:
                await storage.SaveAsync(this, State with { Phase = RoundPhase.Closing, Counted = Book.Complete }, cancellationToken);
                FaultPoints.Reach(FaultPoint.RoundClosing);
                LogClosing(Id.Number, Book.CompleteCount, Book.AssignedCount);
                break;
            case RoundStep.Retry:
                await RetryAsync(now, cancellationToken);
                break;
            case RoundStep.Wait when decision.AskAgainAfter is { } elapsed:
                var wait = elapsed - (now - State.StartedAt!.Value);
                Steps.In(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks)));
                break;
        }
    }

    private async Task RetryAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        LogRetry(Id.Number, Book.CompleteCount, Book.Needed);
        await storage.SaveAsync(this, State with { StartedAt = now, Attempt = State.Attempt + 1 }, cancellationToken);
        await OpenBookAsync(); // A further attempt may invite others.
        await LookForTheMissingAsync(cancellationToken);
        await Experiment.RoundChangedAsync(Id.Number);
        Steps.Soon();
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var tasks = _plan!.Tasks.Where(task => Book.WithTask(State.Counted, task.Name).Count > 0).ToList();
        var missing = tasks.Where(task => !_outcomes.ContainsKey(task.Name)).ToList();
        foreach (var task in missing)
        {
            await GrainFactory.GetTask(new TaskId(Id, task.Name))
                .AggregateAsync(task.Rule, Book.WithTask(State.Counted, task.Name), cancellationToken);
        }

        if (missing.Count > 0)
        {
            // Each task tells when it is done. One whose silo died cannot; asking it again starts nothing twice.
            Steps.In(TaskPatience);
            return;
        }

        await Experiment.RoundCompletedAsync(
            new(
                Id.Number, [.. tasks.Select(task => _outcomes[task.Name])], State.Counted, Book.AssignedCount, State.OpenedAt,
                clock.GetUtcNow()),
            cancellationToken);
        await EndAsync(cancellationToken);
    }

    // What is cleared last is what a crash before it would bring back: the next activation ends the round again.
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await storage.ClearAsync(this, cancellationToken);
        Steps.Stop();
        DelayDeactivation(TimeSpan.Zero);
        DeactivateOnIdle();
    }
}
