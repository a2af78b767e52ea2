using Actors.Cli.Composition;

namespace Actors.Cli.Aggregator;

/// <summary>What a federated evaluation came to, for a person: a line for each task and metric.</summary>
internal static class EvaluationReport
{
    /// <summary>Reads the metrics that the aggregator wrote.</summary>
    /// <param name="evaluation">What was evaluated.</param>
    /// <param name="metricsFile">The evaluation's metrics; it has one round, or none when nobody was waited for.</param>
    public static string Of(ModelEvaluation evaluation, string metricsFile) => RoundLine.ReadAll(metricsFile) is [.., var round]
        ? Of(evaluation.Model.Path, round)
        : $"Nothing was measured of {evaluation.Model.Path}.";

    /// <summary>The report of a round.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="round">What its collaborators measured, averaged.</param>
    public static string Of(string model, RoundLine round) => string.Join('\n',
    [
        $"{model}, by {string.Join(", ", round.Counted)}:",
        .. round.Metrics.SelectMany(task => task.Value.Select(metric => $"{task.Key}: {metric.Key} {metric.Value:G5}")),
    ]);
}
