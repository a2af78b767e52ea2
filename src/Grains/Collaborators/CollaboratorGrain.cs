using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Tasks;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Collaborators;

internal sealed partial class CollaboratorGrain(
    [PersistentState("collaborator")] IPersistentState<CollaboratorState> storage,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<CollaboratorGrain> logger) : Grain, ICollaboratorGrain
{
    private readonly Lease _lease = new(clock, options.Value.Lease);

    // What the store holds; storage.State may be ahead of it while a write is under way.
    private CollaboratorState _persisted = new();

    private CollaboratorId Id => CollaboratorId.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _persisted = storage.State;
        var watch = options.Value.Lease / 2;
        this.RegisterGrainTimer(WatchLeaseAsync, new() { DueTime = watch, Period = watch, Interleave = true });
        return Task.CompletedTask;
    }

    public async Task<WorkAnswer> GetWorkAsync(ExperimentId experiment, CancellationToken cancellationToken)
    {
        await RenewAsync();
        var current = await GrainFactory.GetExperiment(experiment).GetCurrentAsync();
        if (current.Lifecycle.HasEnded())
        {
            return WorkAnswer.Stop(current.Round, current.Lifecycle == Lifecycle.Finished, current.Reason);
        }

        if (!current.HandsOutWork)
        {
            return WorkAnswer.Wait(current.Round, current.Reason);
        }

        if (current.IsAsynchronous)
        {
            return await GrainFactory.GetContributor(new ContributorId(experiment, Id.Name)).GetWorkAsync(current, cancellationToken);
        }

        var tasks = await GrainFactory.GetRound(new RoundId(experiment, current.Round)).HandOutAsync(Id.Name, cancellationToken);
        return tasks.Count > 0
            ? new(WorkKind.Work, current.Round, tasks, current.HandedOut, "") { ControlRound = current.Controls?.RoundOf(Id.Name) }
            : WorkAnswer.Wait(current.Round, "the round goes on with the others");
    }

    public async Task<ReportOutcome> ReportAsync(RoundId round, TaskReport report, CancellationToken cancellationToken)
    {
        await RenewAsync();
        var outcome = Acceptance.FromState(_persisted, round, report.Task)
            ?? Acceptance.FromRound(await GrainFactory.GetRound(round).StandingAsync(Id.Name, report.Task));
        if (outcome == ReportOutcome.Accepted)
        {
            await SaveAsync(_persisted.With(round, new(report, clock.GetUtcNow())), cancellationToken);
            FaultPoints.Reach(FaultPoint.ResultAccepted);
        }

        if (outcome is ReportOutcome.Accepted or ReportOutcome.AlreadyAccepted)
        {
            outcome = await TellAsync(round, report.Task, outcome);
        }

        LogReport(logger, Id.Name, round, report.Task, outcome);
        return outcome;
    }

    public Task<IReadOnlyList<AcceptedResult>> GetAcceptedAsync(RoundId round) => Task.FromResult(_persisted.Of(round));

    public async Task ForgetAsync(RoundId round, CancellationToken cancellationToken)
    {
        if (_persisted.Of(round).Count > 0)
        {
            await SaveAsync(_persisted.Without(round), cancellationToken);
        }
    }

    public Task RenewAsync()
    {
        if (_lease.Renew())
        {
            LogArrived(logger, Id.Name);
        }

        return Task.CompletedTask;
    }

    public Task<Presence> GetPresenceAsync() => Task.FromResult(_lease.Presence);

    private async Task SaveAsync(CollaboratorState next, CancellationToken cancellationToken)
    {
        try
        {
            await storage.SaveAsync(this, next, cancellationToken);
        }
        finally
        {
            _persisted = storage.State; // Of a write whose answer was lost, too.
        }
    }

    // Told again for a result that was accepted before: a crash may have come between the acceptance and the telling.
    private async Task<ReportOutcome> TellAsync(RoundId round, string task, ReportOutcome outcome)
    {
        var accepted = _persisted.Of(round).FirstOrDefault(result => result.Report.Task == task)
            ?? throw new TimeoutException($"The result of {task} was taken back while it was reported: its update is gone from the store.");
        await GrainFactory.GetTask(new TaskId(round, task)).AcceptAsync(Id.Name, accepted.Report);
        var counts = await GrainFactory.GetRound(round).ReportedAsync(Id.Name, task, accepted.AcceptedAt)
            || await GrainFactory.GetExperiment(round.Experiment).HasCountedAsync(round.Number, Id.Name); // A round that is over has forgotten it.
        return counts ? outcome : ReportOutcome.RoundClosed;
    }

    private Task WatchLeaseAsync(CancellationToken cancellationToken)
    {
        if (_lease.RanOut())
        {
            LogLost(logger, Id.Name, options.Value.Lease);
            if (_lease.Presence is { IsFlapping: true } presence)
            {
                LogFlapping(logger, Id.Name, presence.Losses);
            }
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Debug, "Collaborator {Collaborator} reported {Task} of round {Round}: {Outcome}")]
    private static partial void LogReport(ILogger logger, CollaboratorName collaborator, RoundId round, string task, ReportOutcome outcome);

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} is here")]
    private static partial void LogArrived(ILogger logger, CollaboratorName collaborator);

    [LoggerMessage(LogLevel.Warning, "Collaborator {Collaborator} comes and goes: gone {Losses} times. Look at its network or machine")]
    private static partial void LogFlapping(ILogger logger, CollaboratorName collaborator, int losses);

    [LoggerMessage(LogLevel.Warning, "Collaborator {Collaborator} has not called for {Lease}: it counts as gone until it calls again")]
    private static partial void LogLost(ILogger logger, CollaboratorName collaborator, TimeSpan lease);
}
