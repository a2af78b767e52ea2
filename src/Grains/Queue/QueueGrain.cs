using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Orleans.Storage;
using Orleans.Utilities;

namespace Actors.Grains.Queue;

internal sealed partial class QueueGrain(
    [PersistentState("queue")] IPersistentState<QueueIndex> index,
    IGrainStorage store,
    IExperimentSource source,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<QueueGrain> logger) : Grain, IQueueGrain
{
    // How often experiments that run are asked whether they have ended: none of them waits for that.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly ObserverManager<IQueueObserver> _observers = new(TimeSpan.FromMinutes(5), logger);
    private readonly Dictionary<CollaboratorName, (AttendingHost Host, long Seen)> _hosts = [];

    // The numbers of those that this activation has woken: after a crash an experiment does not go on by itself.
    private readonly HashSet<int> _woken = [];
    private QueueRecords? _records;
    private GrainSteps? _steps;

    private FederationId Id => new(this.GetPrimaryKeyString());

    private QueueRecords Records => _records ??= new(this, index, store);

    private QueueState State => Records.State;

    private GrainSteps Steps => _steps ??= new(this, ContinueAsync, problem => LogContinueFailed(problem, Id));

    private Dictionary<CollaboratorName, AttendingHost> Hosts => _hosts
        .Where(host => clock.GetElapsedTime(host.Value.Seen) < options.Value.Lease)
        .ToDictionary(host => host.Key, host => host.Value.Host);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Records.ReadAsync();
        Steps.Soon();
    }

    public async Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        var members = await GrainFactory.GetFederation(Id).GetMembersAsync();
        var (outcome, experiment) = ExperimentQueue.Submit(State, submission, members, clock.GetUtcNow());
        if (experiment is not null)
        {
            await ChangeAsync(experiment, cancellationToken);
            LogSubmitted(submission.Name, submission.Submitter, submission.Author);
        }

        return outcome;
    }

    public Task AttendAsync(CollaboratorName collaborator, AttendingHost host)
    {
        var known = Hosts.GetValueOrDefault(collaborator);
        _hosts[collaborator] = (host, clock.GetTimestamp());
        if (known != host)
        {
            Steps.Soon();
        }

        return Task.CompletedTask;
    }

    public async Task<bool> AnswerAsync(string experiment, string digest, HostAnswer answer, CancellationToken cancellationToken)
    {
        if (State.Find(experiment) is not { } known || known.Submission.Digest != digest || ExperimentQueue.Answer(known, answer) is not { } answered)
        {
            return false;
        }

        if (answered != known && known.Answers.All(other => other != answer))
        {
            await ChangeAsync(answered, cancellationToken);
            LogAnswered(experiment, answer.Collaborator, answer.Kind, answer.Reason);
        }

        return true;
    }

    public Task<QueueReport> GetReportAsync()
    {
        var (experiments, hosts, now) = (State.Experiments, Hosts, clock.GetUtcNow());
        return Task.FromResult(new QueueReport(
            experiments,
            hosts,
            experiments
                .Where(experiment => experiment.Phase == QueuePhase.Waiting)
                .ToDictionary(experiment => experiment.Name, experiment => ExperimentQueue.WaitsFor(experiment, hosts, now))));
    }

    public async Task<bool> StopAsync(string experiment, string reason, CancellationToken cancellationToken)
    {
        switch (State.Find(experiment))
        {
            case null:
                return false;
            case { Phase: QueuePhase.Waiting } waiting:
                await ChangeAsync(waiting.End(Lifecycle.Stopped, reason), cancellationToken);
                LogEnded(experiment, Lifecycle.Stopped, reason);
                break;
            case { Phase: QueuePhase.Started } started:
                await GrainFactory.GetExperiment(started.IdIn(Id)).StopAsync(reason, cancellationToken);
                Steps.Soon();
                break;
        }

        return true;
    }

    public Task<PauseOutcome> PauseAsync(string experiment, string reason, CancellationToken cancellationToken) =>
        PauseAsync(experiment, reason, id => GrainFactory.GetExperiment(id).PauseAsync(reason, cancellationToken), cancellationToken);

    public Task<PauseOutcome> ResumeAsync(string experiment, CancellationToken cancellationToken) =>
        PauseAsync(experiment, null, id => GrainFactory.GetExperiment(id).ResumeAsync(cancellationToken), cancellationToken);

    public async Task<RemoveOutcome> RemoveAsync(string experiment, CancellationToken cancellationToken)
    {
        if (State.Find(experiment) is not { } known)
        {
            return RemoveOutcome.Unknown;
        }

        if (known.Phase != QueuePhase.Ended)
        {
            return RemoveOutcome.NotEnded;
        }

        // The files first: a crash in between leaves an entry, which can be removed again.
        await source.RemoveAsync(known.IdIn(Id), known.Submission, cancellationToken);
        await Records.RemoveAsync(known, cancellationToken);
        await TellAsync();
        LogRemoved(experiment);
        return RemoveOutcome.Removed;
    }

    public Task SubscribeAsync(IQueueObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    // The queue's word comes first: should the experiment's grain not hear it now, it does when it is woken.
    private async Task<PauseOutcome> PauseAsync(
        string experiment, string? reason, Func<ExperimentId, Task<CurrentRound>> order, CancellationToken cancellationToken)
    {
        if (State.Find(experiment) is not { } known)
        {
            return PauseOutcome.Unknown;
        }

        if (ExperimentQueue.Pause(known, reason) is not { } next)
        {
            return PauseOutcome.Ended;
        }

        if (next != known)
        {
            await ChangeAsync(next, cancellationToken);
            LogPaused(experiment, reason ?? "it goes on");
        }

        return next.Phase == QueuePhase.Started && (await order(next.IdIn(Id))).Lifecycle.HasEnded() ? PauseOutcome.Ended : PauseOutcome.Done;
    }

    // Whatever the state asks for next. Every step may be repeated, so a crash or a fault between two of them loses nothing.
    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        foreach (var started in State.Experiments.Where(experiment => experiment.Phase == QueuePhase.Started))
        {
            await TryFollowAsync(started, cancellationToken);
        }

        while (ExperimentQueue.Next(State, Hosts, options.Value.ParallelExperiments, clock.GetUtcNow()) is { } next)
        {
            await SaveAsync(next, cancellationToken);
            if (next.Phase == QueuePhase.Started)
            {
                LogStarted(next.Name, string.Join(", ", next.Participants));
                await WakeAsync(next, cancellationToken);
            }
            else
            {
                LogEnded(next.Name, next.Ending, next.Reason);
            }
        }

        if (State.Experiments.Any(experiment => experiment.Phase == QueuePhase.Started))
        {
            Steps.In(Look);
        }
        else if (ExperimentQueue.NextDeadline(State, clock.GetUtcNow()) is { } deadline)
        {
            Steps.In(deadline - clock.GetUtcNow());
        }
    }

    // What is wrong with one holds up no other; it is looked at again soon.
    private async Task TryFollowAsync(QueuedExperiment started, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(started, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            LogFollowFailed(problem, started.Name);
        }
    }

    private async Task FollowAsync(QueuedExperiment started, CancellationToken cancellationToken)
    {
        if (!await WakeAsync(started, cancellationToken))
        {
            return;
        }

        var experiment = GrainFactory.GetExperiment(started.IdIn(Id));
        var current = await experiment.GetCurrentAsync();
        if (current.Lifecycle.HasEnded())
        {
            await EndAsync(started, current.Lifecycle, current.Reason, cancellationToken);
        }
        else if (ExperimentQueue.GivenUp(started) is { } reason)
        {
            await experiment.FailAsync(reason, cancellationToken); // It writes its last model, and has ended at the next look.
        }
    }

    // False when it can never run, and has ended.
    private async Task<bool> WakeAsync(QueuedExperiment started, CancellationToken cancellationToken)
    {
        if (_woken.Contains(started.Number))
        {
            return true;
        }

        var id = started.IdIn(Id);
        try
        {
            var definition = await GrainFactory.GetExperiment(id).GetDefinitionAsync()
                ?? await source.PrepareAsync(id, started.Submission, cancellationToken);
            var federation = GrainFactory.GetFederation(id.Federation);
            await federation.SetMembersAsync(started.Participants, cancellationToken);
            await federation.RunAsync(id.Name, definition, cancellationToken);
            if (started.PauseReason is { } reason)
            {
                await GrainFactory.GetExperiment(id).PauseAsync(reason, cancellationToken);
            }

            _woken.Add(started.Number);
            return true;
        }
        catch (FederationException problem)
        {
            await EndAsync(started, Lifecycle.Failed, problem.Message, cancellationToken);
            return false;
        }
    }

    private async Task EndAsync(QueuedExperiment started, Lifecycle ending, string reason, CancellationToken cancellationToken)
    {
        var known = State.Experiments.First(experiment => experiment.Number == started.Number);
        if (known.Phase != QueuePhase.Ended)
        {
            await SaveAsync(known.End(ending, reason), cancellationToken);
            LogEnded(started.Name, ending, reason);
        }
    }

    private async Task ChangeAsync(QueuedExperiment next, CancellationToken cancellationToken)
    {
        await SaveAsync(next, cancellationToken);
        Steps.Soon();
    }

    private async Task SaveAsync(QueuedExperiment next, CancellationToken cancellationToken)
    {
        await Records.SaveAsync(next, cancellationToken);
        await TellAsync();
    }

    private Task TellAsync() => _observers.Notify(observer => observer.ChangedAsync());

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is submitted by {Submitter}; its author is {Author}")]
    private partial void LogSubmitted(string experiment, string submitter, string author);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment}: the host of {Collaborator} says {Answer}. {Reason}")]
    private partial void LogAnswered(string experiment, CollaboratorName collaborator, AnswerKind answer, string reason);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} starts with {Participants}")]
    private partial void LogStarted(string experiment, string participants);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is over: {Ending}. {Reason}")]
    private partial void LogEnded(string experiment, Lifecycle ending, string reason);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment}: {Pause}")]
    private partial void LogPaused(string experiment, string pause);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is removed")]
    private partial void LogRemoved(string experiment);

    [LoggerMessage(LogLevel.Error, "Experiment {Experiment} cannot go on; trying again")]
    private partial void LogFollowFailed(Exception problem, string experiment);

    [LoggerMessage(LogLevel.Error, "The queue of {Federation} cannot go on; trying again")]
    private partial void LogContinueFailed(Exception problem, FederationId federation);
}
