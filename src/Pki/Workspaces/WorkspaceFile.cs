namespace Actors.Pki;

/// <summary>Reads and writes the module's files: whole or not at all, and private ones private from their first byte.</summary>
internal static class WorkspaceFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everyone = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const long MaxBytes = 16L * 1024 * 1024;

    /// <exception cref="PkiException">The file is missing, unreadable or larger than 16 MiB.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw new PkiException($"The file {path} is larger than {MaxBytes} bytes; it cannot be what its name says, "
                    + "check where it comes from.");
        }
        catch (FileNotFoundException cause)
        {
            throw new PkiException($"The file {path} does not exist; create it first or check the path.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"The file {path} cannot be read ({cause.Message}); check the path and its permissions.", cause);
        }
    }

    /// <summary>Replaces the file atomically; readable by everyone (mode 0644).</summary>
    public static void WritePublic(string path, byte[] content) => Write(path, content, Everyone);

    /// <summary>Replaces the file atomically; readable by its owner only (mode 0600).</summary>
    public static void WritePrivate(string path, byte[] content) => Write(path, content, OwnerOnly);

    /// <summary>Puts a file that is there aside as <c>.old</c>, in the place of an older one.</summary>
    public static void KeepOld(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.Move(path, path + ".old", overwrite: true);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"The file {path} cannot be put aside ({cause.Message}); check the folder's permissions.", cause);
        }
    }

    /// <summary>Creates the folder, and those above it that are missing, for the owner only (mode 0700).</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The platform gives the mode to the last folder only.
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
        {
            CreateFolder(above);
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Options that give a new file its mode at birth; on Windows the folder's access list decides.</summary>
    public static FileStreamOptions NewFile(FileMode mode, FileAccess access, FileShare share, bool ownerOnly)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ownerOnly ? OwnerOnly : Everyone;
        }

        return options;
    }

    private static void Write(string path, byte[] content, UnixFileMode mode)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreateFolder(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(draft, NewFile(FileMode.CreateNew, FileAccess.Write, FileShare.None, mode == OwnerOnly)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new PkiException($"The file {path} cannot be written ({cause.Message}); "
                + "check the folder's permissions and free space.", cause);
        }
    }
}
