using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Faults;
using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;
using Actors.Learning;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work;

/// <summary>Runs one task on the right weights and keeps its result. Reporting is somebody else's.</summary>
internal sealed partial class TaskExecutor(
    CollaboratorOptions options,
    ITaskInvoker tasks,
    RoundTensors tensors,
    LocalTensors local,
    ControlKeeper controls,
    ResultKeeper results,
    MetricsJournal journal,
    IProgress<double> progress,
    Func<Backoff> newBackoff,
    TimeProvider clock,
    ILogger<TaskExecutor> logger)
{
    /// <summary>Runs the step's task; when it throws, again, from the same weights, after a wait.</summary>
    /// <returns>False when the tensors it starts from are not here (any more): ask for work again.</returns>
    /// <exception cref="WorkFailedException">The task threw more often than the options allow.</exception>
    /// <exception cref="OperationCanceledException">The result is not wanted any more.</exception>
    public async Task<bool> RunAsync(Step step, RoundInput input, CancellationToken cancellationToken)
    {
        var backoff = newBackoff();
        var failures = 0;
        while (await PrepareAsync(step, input, cancellationToken))
        {
            var started = clock.GetTimestamp();
            if (await InvokeAsync(step, input, cancellationToken) is { } result)
            {
                FaultPoints.Reach(FaultPoint.TaskDone);
                if (step.Kind is TaskKind.Train)
                {
                    await local.KeepAsync(input, cancellationToken);
                }

                await results.KeepAsync(step, input, result, cancellationToken);
                var elapsed = clock.GetElapsedTime(started);
                LogFinished(input.Round.Number, options.Collaborator, step.Task, elapsed, result.SampleCount, result.Metrics);
                journal.Note(input.Round.Number, step.Task, elapsed, result.SampleCount, result.Metrics);
                Tell(input.Round.Number, step.Task, result.Metrics);
                return true;
            }

            if (failures++ >= options.TaskRetries)
            {
                throw new WorkFailedException(
                    $"The task '{step.Task}' of round {input.Round.Number} failed {failures} times; the log has the reasons. "
                    + "Mend the workspace's code or data, then start the collaborator again.");
            }

            await backoff.DelayAsync(cancellationToken);
        }

        return false;
    }

    private async Task<bool> PrepareAsync(Step step, RoundInput input, CancellationToken cancellationToken)
    {
        if (step.TrainedBy is { } training)
        {
            return results.WeightsOf(training, input) is { } weights
                && await tensors.LoadModelAsync(weights, cancellationToken)
                && await local.PutAsync(input, isTrained: true, cancellationToken);
        }

        if (!await tensors.LoadModelAsync(input.StartedFrom, cancellationToken)
            || !await local.PutAsync(input, isTrained: false, cancellationToken))
        {
            return false;
        }

        if (step.Kind is not TaskKind.Train)
        {
            return true;
        }

        if (options.OptimizerTreatment is OptimizerTreatment.Reset)
        {
            tasks.Runner.ResetOptimizer();
        }

        return await controls.PutAsync(step.Task, input, cancellationToken)
            && (options.OptimizerTreatment is not OptimizerTreatment.ContinueGlobal
                || await tensors.LoadOptimizerAsync(input, cancellationToken));
    }

    // Null when the task threw; what it threw is in the log then.
    private async Task<TaskResult?> InvokeAsync(Step step, RoundInput input, CancellationToken cancellationToken)
    {
        var context = new TaskContext(
            options.Collaborator, input.Round.Number, step.Task, tasks.MetricsOf(step.Task), progress, cancellationToken);
        try
        {
            // Training keeps a thread busy for long, maybe without a single await: it gets one of its own.
            var result = await Task.Factory.StartNew(
                () => tasks.InvokeAsync(step.Task, context), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap();
            cancellationToken.ThrowIfCancellationRequested();
            RequireReportable(result);
            return result;
        }
        catch (Exception problem)
        {
            // The user's code may throw anything, also when it is told to stop.
            cancellationToken.ThrowIfCancellationRequested();
            LogFailed(problem, input.Round.Number, options.Collaborator, step.Task, problem.Message);
            return null;
        }
        finally
        {
            progress.Report(1);
        }
    }

    private void Tell(int round, string task, IReadOnlyList<Metric> metrics)
    {
        foreach (var metric in metrics)
        {
            try
            {
                options.HearMetric?.Invoke(options.Collaborator, task, metric.Name, metric.Value, round);
            }
            catch (Exception problem)
            {
                // The user's code again, of which the round does not depend.
                LogCallbackFailed(problem, round, options.Collaborator, metric.Name, task, problem.Message);
            }
        }
    }

    private static void RequireReportable(TaskResult result)
    {
        if (result.SampleCount < 1)
        {
            throw new InvalidOperationException($"The result's sample count is {result.SampleCount}; it must be at least 1.");
        }

        var twice = result.Metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"The result has the metric '{twice.Key}' twice; give each a name of its own.");
        }
    }
}
