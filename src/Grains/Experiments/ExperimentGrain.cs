using Actors.Contracts.Identity;
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
    private readonly ObserverManager<IExperimentObserver> _observers = new(TimeSpan.FromMinutes(5), logger);

    // What collaborators see: a round once it is open, the end once the files are written.
    private CurrentRound _announced = new(Lifecycle.Unknown, 0, [], "");
    private IGrainTimer? _timer;

    // Whether the record has what State says; false after an activation, since a crash may have come before.
    private bool _recorded;

    private ExperimentId Id => ExperimentId.Parse(this.GetPrimaryKeyString());

    private ExperimentState State => storage.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _announced = Current();
        if (State.Lifecycle.HasEnded())
        {
            // A crash may have come before the last files were written; until they are, the end is not announced.
            _announced = _announced with { Lifecycle = Lifecycle.Paused, Reason = "the last files are being written" };
        }

        if (State.Lifecycle is Lifecycle.Running || State.Lifecycle.HasEnded())
        {
            // Nor may the running round have been opened.
            ContinueSoon(TimeSpan.Zero);
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

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (State.Lifecycle == Lifecycle.Created)
        {
            await SaveAsync(State with { Lifecycle = Lifecycle.Running }, cancellationToken);
            LogStarted(logger, Id, State.Definition!.Plan.Rounds);
        }
        else if (State.Lifecycle == Lifecycle.Running)
        {
            LogResumed(logger, Id, State.Round);
        }

        ContinueSoon(TimeSpan.Zero);
    }

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
        LogRound(logger, result.Number, Describe(result));
        if (next.Best is { } found && found != best)
        {
            LogBest(logger, found.Round, found.Score);
        }

        ContinueSoon(TimeSpan.Zero);
    }

    public Task<ExperimentState> GetStateAsync() => Task.FromResult(State);

    public async Task StopAsync(string reason, CancellationToken cancellationToken)
    {
        if (!State.Lifecycle.HasEnded())
        {
            await SaveAsync(State with { Lifecycle = Lifecycle.Stopped, Reason = reason }, cancellationToken);
            ContinueSoon(TimeSpan.Zero);
        }
    }

    public Task SubscribeAsync(IExperimentObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    private void ContinueSoon(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(ContinueAsync, new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
    }

    // Whatever the state asks for next. Every step may be repeated, so a crash or a fault between two of them loses nothing.
    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (State.Definition is { } definition)
            {
                await ContinueAsync(definition.Plan, cancellationToken);
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // The end of a loop that must not end: the disk may be full or the database away for a while.
            LogContinueFailed(logger, problem, Id);
            ContinueSoon(TimeSpan.FromSeconds(1));
        }
    }

    private async Task ContinueAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        await GrainFactory.GetTensorStore(Id).PublishAsync(
            State.Round, State.Current, plan.StoredRounds, State.Best is { } best ? [best.Round] : [], cancellationToken);
        if (State.Lifecycle == Lifecycle.Running)
        {
            await OpenRoundAsync(plan, cancellationToken);
            await AnnounceAsync();
        }

        await RecordAsync(cancellationToken);
        if (State.Lifecycle.HasEnded())
        {
            // The files are the last word on an experiment: they are there before anybody is told of its end.
            LogEnded(logger, Id, State.Lifecycle, State.Reason);
            await AnnounceAsync();
        }
    }

    // Asking wakes a round that is there already. Only a new one is told to open: another may be telling its result, and wait for this turn.
    private async Task OpenRoundAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        var round = GrainFactory.GetRound(new RoundId(Id, State.Round));
        if ((await round.GetStatusAsync()).Phase == RoundPhase.New)
        {
            var members = await GrainFactory.GetFederation(Id.Federation).GetMembersAsync();
            await round.OpenAsync(new(plan, members), cancellationToken);
        }
    }

    private async Task SaveAsync(ExperimentState next, CancellationToken cancellationToken)
    {
        _recorded = false;
        await storage.SaveAsync(next, cancellationToken);
    }

    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        await record.WriteAsync(Id, State, cancellationToken);
        _recorded = true;
    }

    private Task AnnounceAsync()
    {
        _announced = Current();
        return _observers.Notify(observer => observer.ChangedAsync(_announced));
    }

    private CurrentRound Current() => new(State.Lifecycle, State.Round, State.Current, State.Reason);

    private static string Describe(RoundResult result) => string.Join(
        "; ",
        result.Outcomes.Select(outcome =>
            $"{outcome.Task} {string.Join(", ", outcome.Metrics.Select(metric => $"{metric.Name} {metric.Value:G5}"))}"));

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} starts: {Rounds} rounds")]
    private static partial void LogStarted(ILogger logger, ExperimentId experiment, int rounds);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} goes on at round {Round}")]
    private static partial void LogResumed(ILogger logger, ExperimentId experiment, int round);

    [LoggerMessage(LogLevel.Information, "Round {Round}: {Metrics}")]
    private static partial void LogRound(ILogger logger, int round, string metrics);

    [LoggerMessage(LogLevel.Information, "Round {Round}: saved the best model with score {Score}")]
    private static partial void LogBest(ILogger logger, int round, double score);

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment} could not go on; trying again in a second")]
    private static partial void LogContinueFailed(ILogger logger, Exception problem, ExperimentId experiment);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} has ended: {Lifecycle}, {Reason}")]
    private static partial void LogEnded(ILogger logger, ExperimentId experiment, Lifecycle lifecycle, string reason);
}
