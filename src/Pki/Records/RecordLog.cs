using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Pki;

/// <summary>
/// A file of JSON lines that only grows. Each line is on the disk before <see cref="Append"/> returns; a last line without
/// its line feed was never acknowledged, so a reader passes over it and the next writer takes its place.
/// </summary>
internal sealed class RecordLog<T>(string path)
    where T : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Every acknowledged line, oldest first; empty when there is no file.</summary>
    /// <exception cref="PkiException">A line is damaged.</exception>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var lines = Encoding.UTF8.GetString(WorkspaceFile.Read(path)).Split('\n');
        return [.. lines.SkipLast(1).Select((line, index) => Parse(line, index + 1))];
    }

    public void Append(T entry)
    {
        try
        {
            WorkspaceFile.CreateFolder(Path.GetDirectoryName(path)!);
            using var file = new FileStream(
                path, WorkspaceFile.NewFile(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, ownerOnly: false));
            file.SetLength(EndOfLastLine(file));
            file.Seek(0, SeekOrigin.End);
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, Json), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"The log {path} cannot be written ({cause.Message}); "
                + "check the folder's permissions and free space.", cause);
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }

    private T Parse(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException cause)
        {
            throw new PkiException($"Line {number} of the log {path} is damaged ({cause.Message}); "
                + "restore the file from a backup.", cause);
        }
    }
}
