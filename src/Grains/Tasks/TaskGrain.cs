using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Tensors;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Tasks;

// Persists nothing: the collaborators' grains hold the results, and from the same results it comes to the same outcome.
internal sealed partial class TaskGrain(
    TaskAggregation aggregation,
    ITensorStore store,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<TaskGrain> logger) : Grain, ITaskGrain
{
    private readonly Dictionary<CollaboratorName, TaskReport> _reports = [];
    private IReadOnlyList<CollaboratorName> _counted = [];
    private TaskOutcome? _outcome;
    private Task _running = Task.CompletedTask;

    private TaskId Id => TaskId.Parse(this.GetPrimaryKeyString());

    public Task AcceptAsync(CollaboratorName collaborator, TaskReport report)
    {
        _reports[collaborator] = report;
        return Task.CompletedTask;
    }

    public Task AggregateAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted, CancellationToken cancellationToken)
    {
        if (_running.IsCompleted || !counted.SequenceEqual(_counted))
        {
            DelayDeactivation(TimeSpan.FromDays(1)); // Until the aggregation ends, however long it takes.
            (_counted, _outcome) = (counted, null);
            _running = RunAsync(_running, rule, counted);
        }

        return Task.CompletedTask;
    }

    // Owned by _running. It goes on between the grain's turns; the arithmetic itself is on the thread pool.
    private async Task RunAsync(Task before, PolicyChoice rule, IReadOnlyList<CollaboratorName> counted)
    {
        await before;
        for (var done = false; !done && counted == _counted;)
        {
            try
            {
                await TryAsync(rule, counted);
                done = true;
            }
            catch (FederationException problem) when (problem is not TensorStoreException)
            {
                LogCannot(logger, problem, Id);
                await GrainFactory.GetExperiment(Id.Round.Experiment).FailAsync($"{Id}: {problem.Message}", CancellationToken.None);
                done = true;
            }
            catch (Exception problem)
            {
                // The end of a loop that must not end: the disk may be full or the database away for a while.
                LogFailed(logger, problem, Id, options.Value.AggregationRetry);
                await Task.Delay(options.Value.AggregationRetry, clock);
            }
        }

        if (counted == _counted)
        {
            DeactivateOnIdle();
        }
    }

    private async Task TryAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted)
    {
        if (_outcome is null)
        {
            var results = await GatherAsync(counted);
            if (await Task.Run(() => LostUpdates.Find(store, Id.Round, results)) is { Count: > 0 } lost)
            {
                await GrainFactory.GetRound(Id.Round).UpdatesLostAsync(lost, CancellationToken.None);
                return;
            }

            var current = await GrainFactory.GetExperiment(Id.Round.Experiment).GetCurrentAsync();
            if (current.IsPast(Id.Round.Number))
            {
                return; // What the round starts from may be gone, and nobody waits for what it comes to.
            }

            var controls = TaskPlan.HasControl(rule.Name) ? await ControlsAsync(current) : null;
            var started = clock.GetTimestamp();
            var outcome = await Task.Run(
                () => aggregation.Run(
                    Id, rule, current.Bundles, [.. results.Select(result => (result.Collaborator, result.Report!))], current.Publishing, controls));
            FaultPoints.Reach(FaultPoint.ModelAggregated);
            LogAggregated(logger, Id.Round.Number, Id.Task, outcome.Collaborators, clock.GetElapsedTime(started));
            if (counted != _counted)
            {
                return; // Others count now.
            }

            _outcome = outcome;
        }

        await GrainFactory.GetRound(Id.Round).TaskCompletedAsync(_outcome, counted, CancellationToken.None);
    }

    private async Task<ControlInput> ControlsAsync(CurrentRound current) =>
        new(current.Controls, await GrainFactory.GetFederation(Id.Round.Experiment.Federation).GetMembersAsync());

    // What it was told before a restart is gone from memory; those who told it still have it.
    private async Task<IReadOnlyList<(CollaboratorName Collaborator, TaskReport? Report)>> GatherAsync(
        IReadOnlyList<CollaboratorName> counted) => await Task.WhenAll(counted.Select(async name => (
            name, _reports.TryGetValue(name, out var told) ? told : await AskAsync(name))));

    private async Task<TaskReport?> AskAsync(CollaboratorName name)
    {
        var results = await GrainFactory.GetCollaborator(new CollaboratorId(Id.Round.Experiment.Federation, name)).GetAcceptedAsync(Id.Round);
        return results.FirstOrDefault(result => result.Report.Task == Id.Task)?.Report;
    }

    [LoggerMessage(LogLevel.Debug, "Round {Round}: {Task} aggregated over {Collaborators} collaborators in {Elapsed}")]
    private static partial void LogAggregated(ILogger logger, int round, string task, int collaborators, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Error, "Aggregating {Task} failed; trying again in {Retry}")]
    private static partial void LogFailed(ILogger logger, Exception problem, TaskId task, TimeSpan retry);

    [LoggerMessage(LogLevel.Critical, "{Task} cannot be aggregated")]
    private static partial void LogCannot(ILogger logger, Exception problem, TaskId task);
}
