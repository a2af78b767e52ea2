using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// What the aggregator asked of this collaborator and what it acknowledged, one JSON line each, in a file that only grows:
/// <c>asked</c> with the round's open tasks, <c>accepted</c> with a task and whether it had been accepted before. A line is in
/// the file before anything else is done, so that whoever compares it with what counted misses nothing but the last
/// acknowledgement of a process that died.
/// </summary>
/// <param name="path">The file; null keeps no log.</param>
internal sealed class AcknowledgementLog(string? path)
{
    /// <summary>Notes what is asked for.</summary>
    public void Asked(int round, IEnumerable<string> tasks) => JsonLines.Append(path, json =>
    {
        json.WriteString("event", "asked");
        json.WriteNumber("round", round);
        json.WriteStartArray("tasks");
        foreach (var task in tasks)
        {
            json.WriteStringValue(task);
        }

        json.WriteEndArray();
    });

    /// <summary>Notes an acknowledgement.</summary>
    /// <param name="report">The result.</param>
    /// <param name="already">It had been accepted before.</param>
    public void Accepted(Wire.ResultReport report, bool already) => JsonLines.Append(path, json =>
    {
        json.WriteString("event", "accepted");
        json.WriteNumber("round", report.Round);
        json.WriteString("task", report.Task);
        json.WriteBoolean("already", already);
    });
}
