using System.Diagnostics;

namespace Actors.Silo.Faults.Tests;

/// <summary>A disk of its own that can be filled to the last byte. Only an administrator of a Linux machine can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    private SmallDisk(string folder) => (Folder, _filler) = (folder, Path.Combine(folder, "filler"));

    public string Folder { get; }

    /// <summary>Makes one; null where that is not allowed.</summary>
    public static SmallDisk? TryMake(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", folder) ? new(folder) : null;
    }

    /// <summary>Fills it but for some bytes.</summary>
    public void Fill(long leave)
    {
        using var file = File.OpenHandle(_filler, FileMode.Create, FileAccess.Write, FileShare.None);
        var zeros = new byte[4096];
        var length = 0L;
        try
        {
            while (true)
            {
                RandomAccess.Write(file, zeros, length);
                length += zeros.Length;
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Math.Max(0, length - leave));
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose() => Assert.True(Run("umount", "-l", Folder), $"{Folder} is still mounted; unmount it by hand.");

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
