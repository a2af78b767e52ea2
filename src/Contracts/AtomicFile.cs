namespace Actors.Contracts;

/// <summary>Writes a file so that its name only ever leads to the old bytes or to all of the new ones.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Writes beside the file, flushes to the disk and renames. When writing fails, nothing is left behind.</summary>
    public static void Write(string path, Action<FileStream> write) => Replace(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Has a file written beside another, by something that only takes a path, and renames. When writing fails, nothing is left behind.</summary>
    public static void Replace(string path, Action<string> write)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
