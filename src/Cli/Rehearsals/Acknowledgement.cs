using System.Text.Json;

namespace Actors.Cli.Rehearsals;

/// <summary>A line of a collaborator's acknowledgement log.</summary>
/// <param name="Round">The round.</param>
/// <param name="Tasks">The tasks that the aggregator asked for, or the one it acknowledged.</param>
/// <param name="Accepted">Whether it is an acknowledgement.</param>
/// <param name="Already">Of an acknowledgement: the result had been accepted before.</param>
internal sealed record Acknowledgement(int Round, IReadOnlyList<string> Tasks, bool Accepted, bool Already)
{
    /// <summary>Reads a log; one that was never begun is empty.</summary>
    public static IReadOnlyList<Acknowledgement> ReadAll(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(Parse)] : [];

    private static Acknowledgement Parse(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        var round = json.GetProperty("round").GetInt32();
        return json.GetProperty("event").GetString() == "accepted"
            ? new(round, [json.GetProperty("task").GetString()!], Accepted: true, json.GetProperty("already").GetBoolean())
            : new(round, [.. json.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()!)], Accepted: false, Already: false);
    }
}
