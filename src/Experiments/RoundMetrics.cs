using System.Text.Json;

using Actors.Grains.Rounds;

namespace Actors.Experiments;

/// <summary>What was measured in one round, averaged over the collaborators by their samples.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Rounds">How many the plan has.</param>
/// <param name="Duration">From the round's opening to its last aggregation.</param>
/// <param name="Metrics">The values by task and metric, such as <c>train/loss</c>, in the plan's order.</param>
public sealed record RoundMetrics(int Round, int Rounds, TimeSpan Duration, IReadOnlyList<KeyValuePair<string, double>> Metrics)
{
    /// <summary>The value of a metric by <c>task/metric</c>; null when this round has none.</summary>
    public double? this[string name] =>
        Metrics.Where(metric => metric.Key == name).Select(metric => (double?)metric.Value).FirstOrDefault();

    /// <summary>Reads a line of an aggregator's metrics log.</summary>
    internal static RoundMetrics Parse(string line, int rounds)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        return new(
            json.GetProperty("round").GetInt32(),
            rounds,
            TimeSpan.FromSeconds(json.GetProperty("seconds").GetDouble()),
            [
                .. json.GetProperty("metrics").EnumerateObject().SelectMany(task =>
                    task.Value.EnumerateObject().Select(metric => KeyValuePair.Create($"{task.Name}/{metric.Name}", metric.Value.GetDouble()))),
            ]);
    }

    internal static RoundMetrics Of(RoundResult result, int rounds) => new(
        result.Number,
        rounds,
        result.ClosedAt - result.OpenedAt,
        [
            .. result.Outcomes.SelectMany(outcome =>
                outcome.Metrics.Select(metric => KeyValuePair.Create($"{outcome.Task}/{metric.Name}", metric.Value))),
        ]);
}
