using Actors.Contracts.Metrics;
using Actors.Grains.Rounds;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Records;

/// <summary>Tells the workspace's callback what each round came to, and whoever else wants to know.</summary>
/// <param name="hear">The callback.</param>
/// <param name="next">Is told afterwards; null for nobody.</param>
/// <param name="logger">Takes what the callback throws.</param>
internal sealed partial class HeardRounds(HearMetric hear, IProgress<RoundResult>? next, ILogger<HeardRounds> logger) : IProgress<RoundResult>
{
    private const string Node = "aggregator";

    /// <inheritdoc/>
    public void Report(RoundResult value)
    {
        foreach (var outcome in value.Outcomes)
        {
            foreach (var metric in outcome.Metrics)
            {
                Tell(value.Number, outcome.Task, metric);
            }
        }

        next?.Report(value);
    }

    private void Tell(int round, string task, Metric metric)
    {
        try
        {
            hear(Node, task, metric.Name, metric.Value, round);
        }
        catch (Exception problem)
        {
            // Anybody's code, of which the federation does not depend.
            LogFailed(problem, round, task, metric.Name, problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "Round {Round}: log_metric_callback failed on {Metric} of {Task}: {Problem}")]
    private partial void LogFailed(Exception exception, int round, string task, string metric, string problem);
}
