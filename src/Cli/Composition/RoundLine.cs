using System.Text.Json;

namespace Actors.Cli.Composition;

/// <summary>One closed round, as the aggregator's metrics log has it.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Metrics">The averaged metrics by task and name.</param>
/// <param name="Counted">Those whose results count.</param>
internal sealed record RoundLine(
    int Round,
    double Seconds,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Metrics,
    IReadOnlyList<string> Counted)
{
    /// <summary>In an asynchronous experiment the turns that the version folded in, by collaborator; else empty.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Turns { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Reads the rounds that are there; a line that is just being written is left for the next time.</summary>
    public static IReadOnlyList<RoundLine> ReadAll(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var text = new StreamReader(file).ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static RoundLine Parse(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new(
            json.GetProperty("round").GetInt32(),
            json.GetProperty("seconds").GetDouble(),
            json.GetProperty("metrics").EnumerateObject().ToDictionary(
                task => task.Name,
                IReadOnlyDictionary<string, double> (task) =>
                    task.Value.EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble())),
            json.TryGetProperty("counted", out var counted) ? [.. counted.EnumerateArray().Select(name => name.GetString()!)] : [])
        {
            Turns = json.TryGetProperty("turns", out var turns)
                ? turns.EnumerateObject().ToDictionary(
                    one => one.Name, IReadOnlyList<int> (one) => [.. one.Value.EnumerateArray().Select(turn => turn.GetInt32())])
                : new Dictionary<string, IReadOnlyList<int>>(),
        };
    }
}
