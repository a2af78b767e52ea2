using System.Runtime.InteropServices;

using Actors.Learning.Torch.Native;

namespace Actors.Cli.Doctor;

/// <summary>What a machine must have, whatever it is to be in a federation.</summary>
internal static class MachineFindings
{
    private const long GiB = 1L << 30;
    private const long LittleMemory = 2 * GiB;
    private const long LittleDisk = 2 * GiB;
    private const long NoDisk = GiB / 4;

    /// <summary>Looks at the runtime, libtorch, memory, disk and clock.</summary>
    public static IEnumerable<Finding> Of(string folder, TimeProvider clock) =>
    [
        Finding.Ok("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors"),
        LibTorchFinding(),
        Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        Disk(folder, new DriveInfo(folder).AvailableFreeSpace),
        Clock(clock.GetUtcNow(), File.GetLastWriteTimeUtc(typeof(MachineFindings).Assembly.Location)),
    ];

    /// <summary>Judges the memory that this process may use, in bytes.</summary>
    internal static Finding Memory(long bytes) => bytes >= LittleMemory
        ? Finding.Ok("memory", $"{InGiB(bytes)} GiB")
        : Finding.Warning("memory", $"{InGiB(bytes)} GiB", "Training wants 2 GiB or more; raise the limit of the machine or container.");

    /// <summary>Judges the space in a folder, in bytes.</summary>
    internal static Finding Disk(string folder, long bytes)
    {
        var found = $"{InGiB(bytes)} GiB free at {folder}";
        return bytes >= LittleDisk ? Finding.Ok("disk", found)
            : bytes >= NoDisk ? Finding.Warning("disk", found, "Every round's models are written here; make room.")
            : Finding.Problem("disk", found, "There is no room for a round's models; make room.");
    }

    /// <summary>Judges the clock: it cannot be earlier than the program that reads it.</summary>
    internal static Finding Clock(DateTimeOffset now, DateTime programWritten) => now >= new DateTimeOffset(programWritten) - TimeSpan.FromDays(1)
        ? Finding.Ok("clock", $"{now:u}")
        : Finding.Problem("clock", $"{now:u}, which is before fx was built", "Set the clock; certificates are judged by it.");

    private static Finding LibTorchFinding() => LibTorch.Check() is { } problem
        ? Finding.Problem("libtorch", problem, "Without it no TorchSharp workspace trains here; an aggregator does not need it.")
        : Finding.Ok("libtorch", "it loads");

    private static string InGiB(long bytes) => $"{(double)bytes / GiB:F1}";
}
