using Actors.Contracts.Metrics;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work;

internal sealed partial class TaskExecutor
{
    private void LogFinished(
        int round, string collaborator, string task, TimeSpan elapsed, long sampleCount, IReadOnlyList<Metric> metrics)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogFinished(round, collaborator, task, elapsed.TotalSeconds, sampleCount, MetricText.Of(metrics));
        }
    }

    [LoggerMessage(LogLevel.Information,
        "Round {Round}, collaborator {Collaborator}: {Task} finished in {Seconds:0.0} s on {SampleCount} samples: {Metrics}")]
    private partial void LogFinished(int round, string collaborator, string task, double seconds, long sampleCount, string metrics);

    [LoggerMessage(LogLevel.Error, "Round {Round}, collaborator {Collaborator}: {Task} failed: {Problem}")]
    private partial void LogFailed(Exception exception, int round, string collaborator, string task, string problem);

    [LoggerMessage(LogLevel.Error, "Round {Round}, collaborator {Collaborator}: log_metric_callback failed on {Metric} of {Task}: {Problem}")]
    private partial void LogCallbackFailed(Exception exception, int round, string collaborator, string metric, string task, string problem);
}
