using System.IO.Compression;

namespace Actors.Pki;

/// <summary>
/// The zips that travel between operators. They come from outside, so nothing in one is trusted: not its size, not its
/// entries' declared lengths, not their names.
/// </summary>
internal static class Package
{
    private const long MaxPackageBytes = 256 * 1024;
    private const int MaxEntryBytes = 64 * 1024;
    private const int MaxEntries = 8;

    public static void Write(string path, DateTimeOffset now, params (string Name, byte[] Content)[] entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = now;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        WorkspaceFile.WritePublic(path, buffer.ToArray());
    }

    /// <summary>All files of a package by their names inside; folders are left out.</summary>
    /// <exception cref="PkiException">It is missing, too large, no zip, or holds a name that points elsewhere or twice.</exception>
    public static Dictionary<string, byte[]> Read(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > MaxPackageBytes)
        {
            throw Refuse(path, $"is larger than {MaxPackageBytes} bytes");
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(WorkspaceFile.Read(path)), ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
            {
                throw Refuse(path, $"holds more than {MaxEntries} entries");
            }

            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries.Where(entry => !IsFolder(entry)))
            {
                RefuseStrayName(path, entry.FullName);
                if (!files.TryAdd(entry.FullName, Content(path, entry)))
                {
                    throw Refuse(path, $"holds '{Printable.Of(entry.FullName)}' twice");
                }
            }

            return files;
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or NotSupportedException)
        {
            throw new PkiException($"The package {path} is not a readable zip ({cause.Message}); ask the sender for it again.", cause);
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.Name.Length == 0 && entry.Length == 0;

    private static void RefuseStrayName(string path, string name)
    {
        if (name.Split('/').Any(part => part is "" or "." or "..") || name.Any(c => c is '\\' or ':' || char.IsControl(c)))
        {
            throw Refuse(path, $"holds the entry '{Printable.Of(name)}', which points outside");
        }
    }

    private static byte[] Content(string path, ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var buffer = new byte[MaxEntryBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= MaxEntryBytes
            ? buffer[..length]
            : throw Refuse(path, $"holds the entry '{Printable.Of(entry.FullName)}' of more than {MaxEntryBytes} bytes");
    }

    private static PkiException Refuse(string path, string problem) =>
        new($"The package {path} {problem}; nothing was taken from it, ask the sender for a package made by this program.");
}
