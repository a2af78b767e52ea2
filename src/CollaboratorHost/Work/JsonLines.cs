using System.Text.Json;

namespace Actors.CollaboratorHost.Work;

/// <summary>Files of JSON objects, one a line, that only grow.</summary>
internal static class JsonLines
{
    /// <summary>Adds a line. In one write: a process that dies leaves it whole or not at all.</summary>
    /// <param name="path">The file; null writes nothing.</param>
    /// <param name="fields">Writes the object's fields.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(string? path, Action<Utf8JsonWriter> fields)
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

        line.WriteByte((byte)'\n');
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(line.GetBuffer(), 0, (int)line.Length);
    }
}
