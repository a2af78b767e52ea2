using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Tasks;

internal sealed partial class TaskGrain(
    [PersistentState("task")] IPersistentState<TaskState> storage,
    TaskAggregation aggregation,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<TaskGrain> logger) : Grain, ITaskGrain
{
    private readonly Dictionary<CollaboratorName, TaskReport> _reports = [];
    private Task? _running;

    private TaskId Id => TaskId.Parse(this.GetPrimaryKeyString());

    public Task AcceptAsync(CollaboratorName collaborator, TaskReport report)
    {
        _reports[collaborator] = report;
        return Task.CompletedTask;
    }

    public Task AggregateAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted, CancellationToken cancellationToken)
    {
        if (_running is null or { IsCompleted: true })
        {
            DelayDeactivation(TimeSpan.FromDays(1)); // Until the aggregation ends, however long it takes.
            _running = RunAsync(rule, counted);
        }

        return Task.CompletedTask;
    }

    // Owned by _running. It goes on between the grain's turns; the arithmetic itself is on the thread pool.
    private async Task RunAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted)
    {
        for (var done = false; !done;)
        {
            try
            {
                var outcome = storage.State.Outcome ?? await AggregateAsync(rule, counted);
                await GrainFactory.GetRound(Id.Round).TaskCompletedAsync(outcome, CancellationToken.None);
                done = true;
            }
            catch (Exception problem)
            {
                // The end of a loop that must not end: the disk may be full or the database away for a while.
                LogFailed(logger, problem, Id, options.Value.AggregationRetry);
                await Task.Delay(options.Value.AggregationRetry, clock);
            }
        }

        DeactivateOnIdle();
    }

    private async Task<TaskOutcome> AggregateAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted)
    {
        var reports = await GatherAsync(counted);
        var started = clock.GetTimestamp();
        var outcome = await Task.Run(() => aggregation.Run(Id, rule, reports));
        await storage.SaveAsync(new TaskState { Outcome = outcome }, CancellationToken.None);
        LogAggregated(logger, Id.Round.Number, Id.Task, outcome.Collaborators, clock.GetElapsedTime(started));
        return outcome;
    }

    // What it was told before a restart is gone from memory; those who told it still have it.
    private async Task<IReadOnlyList<TaskReport>> GatherAsync(IReadOnlyList<CollaboratorName> counted)
    {
        var reports = await Task.WhenAll(counted.Select(async name =>
            _reports.TryGetValue(name, out var told)
                ? told
                : (await GrainFactory.GetCollaborator(new CollaboratorId(Id.Round.Experiment.Federation, name)).GetAcceptedAsync(Id.Round))
                    .First(report => report.Task == Id.Task)));
        return reports;
    }

    [LoggerMessage(LogLevel.Debug, "Round {Round}: {Task} aggregated over {Collaborators} collaborators in {Elapsed}")]
    private static partial void LogAggregated(ILogger logger, int round, string task, int collaborators, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Error, "Aggregating {Task} failed; trying again in {Retry}")]
    private static partial void LogFailed(ILogger logger, Exception problem, TaskId task, TimeSpan retry);
}
