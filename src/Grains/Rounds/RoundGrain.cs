using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Grains.Tasks;

using Microsoft.Extensions.Logging;

namespace Actors.Grains.Rounds;

internal sealed partial class RoundGrain(
    [PersistentState("round")] IPersistentState<RoundState> storage,
    TimeProvider clock,
    ILogger<RoundGrain> logger) : Grain, IRoundGrain
{
    // A deadline may lie further away than a timer can wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan TaskPatience = TimeSpan.FromSeconds(10);

    private Round? _round;
    private IGrainTimer? _timer;

    private RoundId Id => RoundId.Parse(this.GetPrimaryKeyString());

    private RoundState State => storage.State;

    // An activation of an open round gathers the reports first; a round that this activation opened starts without any.
    private Round Book => _round ??= new Round(State, Id.Number);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (State.Phase is RoundPhase.Open or RoundPhase.Closing)
        {
            await OpenBookAsync();
            AdvanceSoon(TimeSpan.Zero);
        }
    }

    public async Task OpenAsync(RoundOpening opening, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.New)
        {
            return; // Its activation has woken it.
        }

        await storage.SaveAsync(
            new RoundState
            {
                Phase = RoundPhase.Open,
                Plan = opening.Plan,
                Members = opening.Members,
                OpenedAt = clock.GetUtcNow(),
            },
            cancellationToken);
        LogOpened(logger, Id.Number, Book.AssignedCount);
    }

    public async Task<IReadOnlyList<string>> HandOutAsync(CollaboratorName collaborator, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.Open)
        {
            return [];
        }

        var tasks = Book.OpenTasks(collaborator);
        if (tasks.Count > 0 && State.StartedAt is null)
        {
            await storage.SaveAsync(State with { StartedAt = clock.GetUtcNow() }, cancellationToken);
            AdvanceSoon(TimeSpan.Zero);
        }

        return tasks;
    }

    public Task<TaskStanding> StandingAsync(CollaboratorName collaborator, string task) => Task.FromResult(
        State.Phase != RoundPhase.Open ? TaskStanding.Closed
        : Book.HasTask(collaborator, task) ? TaskStanding.Open
        : TaskStanding.NotAssigned);

    public Task<bool> ReportedAsync(CollaboratorName collaborator, string task)
    {
        if (State.Phase != RoundPhase.Open)
        {
            return Task.FromResult(State.Counted.Contains(collaborator));
        }

        var entered = Book.Enter(collaborator, task);
        if (Book.Decide(State.StartedAt, clock.GetUtcNow()).Close)
        {
            // Not in this turn: the collaborator's grain waits for it.
            AdvanceSoon(TimeSpan.Zero);
        }

        return Task.FromResult(entered);
    }

    public async Task TaskCompletedAsync(TaskOutcome outcome, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.Closing || State.Outcomes.Any(known => known.Task == outcome.Task))
        {
            return;
        }

        await storage.SaveAsync(State with { Outcomes = [.. State.Outcomes, outcome] }, cancellationToken);
        AdvanceSoon(TimeSpan.Zero);
    }

    public Task<RoundStatus> GetStatusAsync() =>
        Task.FromResult(new RoundStatus(State.Phase, _round?.AssignedCount ?? 0, _round?.CompleteCount ?? 0));

    // The reports are gathered anew from those who hold them: the round itself persists none.
    private async Task OpenBookAsync()
    {
        var round = new Round(State, Id.Number);
        var federation = Id.Experiment.Federation;
        var gathered = await Task.WhenAll(round.Assigned.Select(async name =>
            (name, Reports: await GrainFactory.GetCollaborator(new CollaboratorId(federation, name)).GetAcceptedAsync(Id))));
        foreach (var (name, reports) in gathered)
        {
            foreach (var report in reports)
            {
                round.Enter(name, report.Task);
            }
        }

        _round = round;
    }

    private void AdvanceSoon(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(AdvanceAsync, new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        DelayDeactivation(due + TimeSpan.FromMinutes(1)); // A deadline of a round that nobody calls would go with its activation.
    }

    private async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (State.Phase == RoundPhase.Open)
            {
                await DecideAsync(cancellationToken);
            }

            if (State.Phase == RoundPhase.Closing)
            {
                await CloseAsync(cancellationToken);
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // The end of a loop that must not end: the database or another grain may be away for a while.
            LogAdvanceFailed(logger, problem, Id.Number);
            AdvanceSoon(TimeSpan.FromSeconds(1));
        }
    }

    private async Task DecideAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var decision = Book.Decide(State.StartedAt, now);
        if (decision.Close)
        {
            await storage.SaveAsync(State with { Phase = RoundPhase.Closing, Counted = Book.Complete() }, cancellationToken);
            LogClosing(logger, Id.Number, Book.CompleteCount, Book.AssignedCount);
        }
        else if (decision.AskAgainAfter is { } elapsed)
        {
            var wait = elapsed - (now - State.StartedAt!.Value);
            AdvanceSoon(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks)));
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var tasks = State.Plan!.Tasks.Where(task => Book.WithTask(State.Counted, task.Name).Count > 0).ToList();
        var missing = tasks.Where(task => State.Outcomes.All(outcome => outcome.Task != task.Name)).ToList();
        foreach (var task in missing)
        {
            await GrainFactory.GetTask(new TaskId(Id, task.Name))
                .AggregateAsync(task.Rule, Book.WithTask(State.Counted, task.Name), cancellationToken);
        }

        if (missing.Count > 0)
        {
            // Each task tells when it is done. One whose silo died cannot; asking it again starts nothing twice.
            AdvanceSoon(TaskPatience);
            return;
        }

        var outcomes = tasks.Select(task => State.Outcomes.First(outcome => outcome.Task == task.Name)).ToList();
        await GrainFactory.GetExperiment(Id.Experiment).RoundCompletedAsync(
            new(Id.Number, outcomes, State.Counted, Book.AssignedCount, State.OpenedAt, clock.GetUtcNow()), cancellationToken);
        await storage.SaveAsync(State with { Phase = RoundPhase.Closed }, cancellationToken);
        _timer?.Dispose();
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Information, "Starting round {Round}: {Assigned} collaborators have tasks")]
    private static partial void LogOpened(ILogger logger, int round, int assigned);

    [LoggerMessage(LogLevel.Information, "Round {Round}: closing with {Complete} of {Assigned} collaborators")]
    private static partial void LogClosing(ILogger logger, int round, int complete, int assigned);

    [LoggerMessage(LogLevel.Warning, "Round {Round} could not go on; trying again in a second")]
    private static partial void LogAdvanceFailed(ILogger logger, Exception problem, int round);
}
