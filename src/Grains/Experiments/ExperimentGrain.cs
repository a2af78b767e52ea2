using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;

using Microsoft.Extensions.Logging;

using Orleans.Utilities;

namespace Actors.Grains.Experiments;

internal sealed partial class ExperimentGrain(
    [PersistentState("experiment")] IPersistentState<ExperimentState> storage,
    IExperimentRecord record,
    ILogger<ExperimentGrain> logger) : Grain, IExperimentGrain
{
    private readonly ILogger _logger = logger;
    private readonly ObserverManager<IExperimentObserver> _observers = new(TimeSpan.FromMinutes(5), logger);

    // What collaborators see: a round once it is open, the end once the files are written.
    private CurrentRound _announced = CurrentRound.Of(new());
    private GrainSteps? _steps;

    // Whether the record has what State says; false after an activation, since a crash may have come before.
    private bool _recorded;

    // Whether the round before this one is known to be over; a crash may have come before it ended.
    private bool _dropped;

    private ExperimentId Id => ExperimentId.Parse(this.GetPrimaryKeyString());

    private ExperimentState State => storage.State;

    private GrainSteps Steps => _steps ??= new(this, ContinueAsync, problem => LogContinueFailed(problem, Id));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _announced = CurrentRound.Of(State);
        if (State.Lifecycle.HasEnded())
        {
            // A crash may have come before the last files were written; until they are, the end is not announced.
            _announced = _announced with { Lifecycle = Lifecycle.Paused, Reason = "the last files are being written" };
        }

        if (State.Lifecycle is not (Lifecycle.Unknown or Lifecycle.Created))
        {
            // Nor may the running round have been opened.
            Steps.Soon();
        }

        return Task.CompletedTask;
    }

    public async Task CreateAsync(ExperimentDefinition definition, CancellationToken cancellationToken)
    {
        if (State.Definition is not { } existing)
        {
            await SaveAsync(Experiment.Create(definition), cancellationToken);
            return;
        }

        if (existing.PlanHash != definition.PlanHash || existing.WorkspaceHash != definition.WorkspaceHash)
        {
            throw new FederationException(
                $"The experiment {Id} exists with plan {existing.PlanHash} and code {existing.WorkspaceHash}; "
                + $"it cannot go on with plan {definition.PlanHash} and code {definition.WorkspaceHash}. Create another experiment.");
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isNew = State.Lifecycle == Lifecycle.Created;
        await ChangeAsync(Experiment.Start(State), cancellationToken);
        if (isNew)
        {
            LogStarted(Id, State.Definition!.Plan.Rounds);
        }
        else if (State.Lifecycle == Lifecycle.Running)
        {
            LogResumed(Id, State.Round);
        }
        else if (State.Lifecycle == Lifecycle.Paused)
        {
            LogPaused(Id, State.Round, State.Reason);
        }

        Steps.Soon();
    }

    public async Task<CurrentRound> PauseAsync(string reason, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(Experiment.Pause(State, reason), cancellationToken))
        {
            LogPaused(Id, State.Round, State.Reason);

            // At once: whoever asks after the operator has his answer gets no work.
            await AnnounceAsync(_announced with { Lifecycle = State.Lifecycle, Reason = State.Reason, HandsOutWork = false });
        }

        return CurrentRound.Of(State);
    }

    public async Task<CurrentRound> ResumeAsync(CancellationToken cancellationToken)
    {
        if (await ChangeAsync(Experiment.Resume(State), cancellationToken))
        {
            LogResumed(Id, State.Round);
        }

        return CurrentRound.Of(State);
    }

    public async Task<CurrentRound> StopAsync(string reason, CancellationToken cancellationToken)
    {
        await ChangeAsync(Experiment.End(State, Lifecycle.Stopped, reason), cancellationToken);
        return CurrentRound.Of(State);
    }

    public Task FailAsync(string reason, CancellationToken cancellationToken) =>
        ChangeAsync(Experiment.End(State, Lifecycle.Failed, reason), cancellationToken);

    public Task<ExperimentDefinition?> GetDefinitionAsync() => Task.FromResult(State.Definition);

    public Task<CurrentRound> GetCurrentAsync() => Task.FromResult(_announced);

    public async Task RoundCompletedAsync(RoundResult result, CancellationToken cancellationToken)
    {
        if (Experiment.Complete(State, result) is not { } next)
        {
            return;
        }

        if (!_recorded)
        {
            await RecordAsync(cancellationToken); // The record takes one round at a time: the last one's, before this one replaces it.
        }

        var best = State.Best;
        await SaveAsync(next, cancellationToken);
        FaultPoints.Reach(FaultPoint.RoundCommitted);
        LogRound(result.Number, Describe(result));
        foreach (var alarm in result.Outcomes.SelectMany(outcome => outcome.Warnings))
        {
            LogAlarm(result.Number, alarm);
        }

        if (next.Best is { } found && found != best)
        {
            LogBest(found.Round, found.Score);
        }

        Steps.Soon();
    }

    public async Task RoundStuckAsync(int round, string? reason, CancellationToken cancellationToken)
    {
        var next = reason is null ? Experiment.Revive(State) : Experiment.Stick(State, round, reason);
        if (round == State.Round && await ChangeAsync(next, cancellationToken))
        {
            if (reason is null)
            {
                LogResumed(Id, round);
            }
            else
            {
                LogPaused(Id, round, reason);
            }
        }
    }

    public Task RoundChangedAsync(int round) => round == State.Round ? AnnounceAsync(_announced) : Task.CompletedTask;

    public Task<bool> HasCountedAsync(int round, CollaboratorName collaborator) =>
        Task.FromResult(State.LastResult is { } last && last.Number == round && last.Counted.Contains(collaborator));

    public Task<ExperimentState> GetStateAsync() => Task.FromResult(State);

    public Task SubscribeAsync(IExperimentObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    // Whatever the state asks for next. Every step may be repeated, so a crash or a fault between two of them loses nothing.
    private Task ContinueAsync(CancellationToken cancellationToken) =>
        State.Definition is { } definition ? ContinueAsync(definition.Plan, cancellationToken) : Task.CompletedTask;

    private async Task ContinueAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        await GrainFactory.GetTensorStore(Id).PublishAsync(
            State.Round, State.Current, plan.NeededRounds, State.Best is { } best ? [best.Round] : [], cancellationToken);
        if (!State.Lifecycle.HasEnded())
        {
            await TryOpenRoundAsync(plan, cancellationToken);
            await AnnounceAsync(CurrentRound.Of(State));
        }

        await RecordAsync(cancellationToken);
        await DropRoundBeforeAsync();
        if (State.Lifecycle.HasEnded())
        {
            // The files are the last word on an experiment: they are there before anybody is told of its end.
            LogEnded(Id, State.Lifecycle, State.Reason);
            await AnnounceAsync(CurrentRound.Of(State));
            await DropAsync(State.Round);
        }
    }

    // A round that can never be opened, since the plan's assigner cannot be asked, is the end.
    private async Task TryOpenRoundAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await OpenRoundAsync(plan, cancellationToken);
        }
        catch (AssignmentException problem)
        {
            await ChangeAsync(Experiment.End(State, Lifecycle.Failed, problem.Message), cancellationToken);
        }
    }

    // Asking wakes a round that is there already. Only a new one is told to open: another may be telling its result, and wait for this turn.
    private async Task OpenRoundAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        if (plan.IsAsynchronous)
        {
            await OpenVersionAsync(plan, cancellationToken);
            return;
        }

        var round = GrainFactory.GetRound(new RoundId(Id, State.Round));
        if ((await round.GetStatusAsync()).Phase == RoundPhase.None)
        {
            var members = await GrainFactory.GetFederation(Id.Federation).GetMembersAsync();
            await round.OpenAsync(new(plan, members), cancellationToken);
        }
    }

    private async Task OpenVersionAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        var version = GrainFactory.GetVersion(new RoundId(Id, State.Round));
        if ((await version.GetStatusAsync()).Phase == RoundPhase.None)
        {
            var members = await GrainFactory.GetFederation(Id.Federation).GetMembersAsync();
            await version.OpenAsync(new(plan, members, State.LastResult?.Contributions ?? []), cancellationToken);
        }
    }

    private Task DropAsync(int round) => State.Definition!.Plan.IsAsynchronous
        ? GrainFactory.GetVersion(new RoundId(Id, round)).DropAsync(CancellationToken.None)
        : GrainFactory.GetRound(new RoundId(Id, round)).DropAsync(CancellationToken.None);

    // A round ends itself. One whose process died between this grain's step and its own would stay in the database.
    private async Task DropRoundBeforeAsync()
    {
        if (!_dropped && State.Round > 0)
        {
            await DropAsync(State.Round - 1);
        }

        _dropped = true;
    }

    // False when there is nothing to change.
    private async Task<bool> ChangeAsync(ExperimentState next, CancellationToken cancellationToken)
    {
        if (next == State)
        {
            return false;
        }

        await SaveAsync(next, cancellationToken);
        Steps.Soon();
        return true;
    }

    private async Task SaveAsync(ExperimentState next, CancellationToken cancellationToken)
    {
        _recorded = false;
        try
        {
            await storage.SaveAsync(this, next, cancellationToken);
        }
        catch
        {
            Steps.Soon(); // The write may have reached the store all the same; then a repeat finds nothing to change.
            throw;
        }
    }

    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        await record.WriteAsync(Id, State, cancellationToken);
        _recorded = true;
    }

    private Task AnnounceAsync(CurrentRound current)
    {
        _announced = current;
        return _observers.Notify(observer => observer.ChangedAsync(current));
    }

    private static string Describe(RoundResult result) => string.Join(
        "; ",
        result.Outcomes.Select(outcome =>
            $"{outcome.Task} {string.Join(", ", outcome.Metrics.Select(metric => $"{metric.Name} {metric.Value:G5}"))}"));
}
