using System.Text.Json;

using Actors.Contracts.Metrics;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// What this collaborator's tasks measured: one JSON line a task with <c>round</c>, <c>task</c>, <c>seconds</c>, <c>samples</c>,
/// <c>finishedAt</c> and <c>metrics</c> by name (null for one that is not finite), and beside it a TensorBoard event file where the plan asks for one.
/// </summary>
/// <param name="path">The file of lines; null keeps none.</param>
/// <param name="events">The event file; null keeps none.</param>
/// <param name="clock">The time.</param>
internal sealed class MetricsJournal(string? path, string? events, TimeProvider clock)
{
    private readonly TensorBoardFile? _events = events is null ? null : new(events);

    /// <summary>Notes a task that is done.</summary>
    public void Note(int round, string task, TimeSpan elapsed, long sampleCount, IReadOnlyList<Metric> metrics)
    {
        var now = clock.GetUtcNow();
        _events?.Append(round, now, metrics.Select(metric => ($"{task}/{metric.Name}", metric.Value)));
        JsonLines.Append(path, json =>
        {
            json.WriteNumber("round", round);
            json.WriteString("task", task);
            json.WriteNumber("seconds", elapsed.TotalSeconds);
            json.WriteNumber("samples", sampleCount);
            json.WriteString("finishedAt", now);
            json.WriteStartObject("metrics");
            foreach (var metric in metrics)
            {
                Write(json, metric);
            }

            json.WriteEndObject();
        });
    }

    // JSON has no such number. Whether the result may have one, the aggregator says.
    private static void Write(Utf8JsonWriter json, Metric metric)
    {
        if (double.IsFinite(metric.Value))
        {
            json.WriteNumber(metric.Name, metric.Value);
        }
        else
        {
            json.WriteNull(metric.Name);
        }
    }
}
