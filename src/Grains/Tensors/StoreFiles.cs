using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>Files that are whole or absent.</summary>
internal static partial class StoreFiles
{
    /// <summary>Writes a small file beside its place and renames it.</summary>
    /// <exception cref="TensorStoreException">The disk refuses.</exception>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes, Durability durability)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
                Synchronise(file, durability);
            }

            Publish(temporary, path, durability);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw Refused(path, problem);
        }
    }

    /// <summary>Renames a file to its place; with power-loss durability the folder's entry is on the disk afterwards.</summary>
    public static void Publish(string temporary, string path, Durability durability)
    {
        File.Move(temporary, path, overwrite: true);
        if (durability == Durability.PowerLoss && !OperatingSystem.IsWindows())
        {
            SynchroniseFolder(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Puts a file's bytes on the disk where the durability asks for it.</summary>
    public static void Synchronise(Microsoft.Win32.SafeHandles.SafeFileHandle file, Durability durability)
    {
        if (durability == Durability.PowerLoss)
        {
            RandomAccess.FlushToDisk(file);
        }
    }

    /// <summary>Deletes a folder with all it holds; another deletion under way is no error.</summary>
    public static void DeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster; the folder is gone, which is what was wanted.
        }
    }

    /// <summary>Deletes a folder with all it holds, but for what is worth being written over. Another deletion under way is no error.</summary>
    public static void DeleteFolder(string folder, SpareFiles spares)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                spares.Add(file);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster; the folder is gone, which is what was wanted.
        }

        DeleteFolder(folder);
    }

    /// <summary>The exception for a disk that refuses.</summary>
    public static TensorStoreException Refused(string path, Exception problem) =>
        new($"The tensor store cannot write {path}: {problem.Message} Free space or mend the disk; nothing was accepted.", problem);

    // The runtime opens no folders; the system calls do.
    private static void SynchroniseFolder(string folder)
    {
        var descriptor = Open(folder, 0);
        var error = descriptor < 0 || Synchronise(descriptor) != 0 ? Marshal.GetLastPInvokeError() : 0;
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (error != 0)
        {
            throw new IOException($"The folder {folder} could not be synchronised to the disk: error {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
