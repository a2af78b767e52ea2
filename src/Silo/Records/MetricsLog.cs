using System.Text;
using System.Text.Json;

using Actors.Grains.Rounds;

namespace Actors.Silo.Records;

/// <summary>
/// One JSON line a closed round: <c>round</c>, <c>seconds</c>, <c>collaborators</c>, <c>assigned</c>, <c>closedAt</c>,
/// <c>metrics</c> by task and name, <c>counted</c>, the names of those whose results count; <c>turns</c>, what a version folded in by
/// collaborator, of an asynchronous experiment; <c>alarms</c>, sentences, left out
/// when there are none.
/// </summary>
internal static class MetricsLog
{
    /// <summary>Adds a round's line; a round that is there already is left alone, and a line that a crash tore is cut off.</summary>
    public static void Append(string path, RoundResult result)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (LastRound(file) >= result.Number)
        {
            return;
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Line(result));
    }

    // Reads backwards in growing steps: a long training has a long file, of which only the end matters.
    private static int LastRound(FileStream file)
    {
        for (var tail = 4096L; ; tail *= 4)
        {
            var start = Math.Max(0, file.Length - tail);
            file.Seek(start, SeekOrigin.Begin);
            var bytes = new byte[file.Length - start];
            file.ReadExactly(bytes);
            var end = Array.LastIndexOf(bytes, (byte)'\n');
            var before = end <= 0 ? -1 : Array.LastIndexOf(bytes, (byte)'\n', end - 1);
            if (end >= 0 && (before >= 0 || start == 0))
            {
                file.SetLength(start + end + 1);
                return JsonDocument.Parse(bytes.AsMemory(before + 1, end - before - 1)).RootElement.GetProperty("round").GetInt32();
            }

            if (start == 0)
            {
                file.SetLength(0);
                return -1;
            }
        }
    }

    private static byte[] Line(RoundResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("round", result.Number);
            json.WriteNumber("seconds", (result.ClosedAt - result.OpenedAt).TotalSeconds);
            json.WriteNumber("collaborators", result.Counted.Count);
            json.WriteNumber("assigned", result.Assigned);
            json.WriteString("closedAt", result.ClosedAt);
            json.WriteStartObject("metrics");
            foreach (var outcome in result.Outcomes)
            {
                json.WriteStartObject(outcome.Task);
                foreach (var metric in outcome.Metrics)
                {
                    json.WriteNumber(metric.Name, metric.Value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("counted");
            foreach (var name in result.Counted)
            {
                json.WriteStringValue(name.Value);
            }

            json.WriteEndArray();
            WriteTurns(json, result);
            WriteAlarms(json, result);
            json.WriteEndObject();
        }

        buffer.Write(Encoding.UTF8.GetBytes("\n"));
        return buffer.ToArray();
    }

    private static void WriteTurns(Utf8JsonWriter json, RoundResult result)
    {
        if (result.Contributions.Count == 0)
        {
            return;
        }

        json.WriteStartObject("turns");
        foreach (var turns in result.Contributions.GroupBy(contribution => contribution.Collaborator))
        {
            json.WriteStartArray(turns.Key.Value);
            foreach (var contribution in turns)
            {
                json.WriteNumberValue(contribution.Turn);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAlarms(Utf8JsonWriter json, RoundResult result)
    {
        var alarms = result.Outcomes.SelectMany(outcome => outcome.Warnings).ToList();
        if (alarms.Count > 0)
        {
            json.WriteStartArray("alarms");
            alarms.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }
}
