using System.Collections.Concurrent;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Tensors;

/// <summary>
/// Large files that nobody wants any more, kept for a moment so that others are written over them. Safe for use by many threads; the folder is for one
/// process at a time.
/// </summary>
/// <remarks>
/// Bytes that are written over others find their memory and their blocks in place. New pages of the page cache have to be found, and where a hypervisor
/// took the free ones back, it has to find them too: that costs more than all else that is done with a byte on its way.
/// </remarks>
public sealed class SpareFiles
{
    /// <summary>Files below this size, in bytes, are not worth keeping.</summary>
    public const long LeastBytes = 1 << 20;

    /// <summary>For how long they are kept after the last one came.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentBag<string> _files = [];
    private readonly string _folder;
    private readonly ITimer _timer;

    /// <summary>Keeps them in a folder of their own, on the file system of those that will take their place.</summary>
    /// <param name="folder">Made when there is something to keep; what another process left in it is deleted.</param>
    /// <param name="clock">The time.</param>
    public SpareFiles(string folder, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _folder = folder;
        _timer = clock.CreateTimer(_ => DeleteAll(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes a file away from its place. Nobody may read it any more: its bytes will change.</summary>
    public void Add(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path) is { Exists: true, Length: < LeastBytes })
        {
            File.Delete(path);
            return;
        }

        var kept = Path.Combine(Directory.CreateDirectory(_folder).FullName, Guid.NewGuid().ToString("N"));
        try
        {
            File.Move(path, kept);
        }
        catch (FileNotFoundException)
        {
            return; // Somebody was faster; it is gone, which is what was wanted.
        }

        _files.Add(kept);
        _timer.Change(LongestKept, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Opens one for its new owner alone, who gives it a name of his own before anybody else can ask for it. Null when there is none.</summary>
    /// <param name="path">Where it is.</param>
    public SafeFileHandle? TryTake(out string path)
    {
        while (_files.TryTake(out path!))
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Delete(path); // Somebody has it open still.
            }
        }

        return null;
    }

    /// <summary>Deletes them all.</summary>
    public void DeleteAll()
    {
        while (_files.TryTake(out var file))
        {
            Delete(file);
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The folder is gone and the file with it, or the disk is broken, which the next write will say.
        }
    }
}
