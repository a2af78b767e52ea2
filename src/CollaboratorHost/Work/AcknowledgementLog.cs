using System.Text.Json;

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
    public void Asked(int round, IEnumerable<string> tasks) => Write(json =>
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
    public void Accepted(Wire.ResultReport report, bool already) => Write(json =>
    {
        json.WriteString("event", "accepted");
        json.WriteNumber("round", report.Round);
        json.WriteString("task", report.Task);
        json.WriteBoolean("already", already);
    });

    private void Write(Action<Utf8JsonWriter> fields)
    {
        if (path is null)
        {
            return;
        }

        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        // In one write: a process that dies leaves the line whole or not at all.
        line.WriteByte((byte)'\n');
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(line.GetBuffer(), 0, (int)line.Length);
    }
}
