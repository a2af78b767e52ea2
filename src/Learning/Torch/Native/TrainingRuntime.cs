using System.Globalization;
using System.Runtime.InteropServices;

using TorchSharp;

namespace Actors.Learning.Torch.Native;

/// <summary>
/// Settings of a process that trains, applied by the host before libtorch is loaded. Training allocates and frees the same large
/// blocks a thousand times an epoch: the C library's habit of giving each back to the system doubles its cost. OpenMP threads
/// that spin while they wait make it many times slower when other processes want the cores.
/// </summary>
/// <remarks>
/// The variables are set in this very process: OpenMP reads them when it is loaded, with libtorch, and not before
/// (<c>OMP_DISPLAY_ENV=verbose</c> shows what it read). Starting the program again with another environment is not needed.
/// </remarks>
public static partial class TrainingRuntime
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestMmapThreshold = 1 << 30;

    /// <summary>Sets up this process. Has no effect on what libtorch read before, so it comes first in <c>Main</c>.</summary>
    /// <param name="threads">
    /// The threads of one tensor operation, at least 1; null for what <c>OMP_NUM_THREADS</c> says, or 1. Two runs give the same
    /// bytes only with the same number.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public static void Prepare(int? threads = null)
    {
        var count = threads ?? ThreadsOfEnvironment();
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(threads));
        SetVariable("OMP_NUM_THREADS", count.ToString(CultureInfo.InvariantCulture));
        SetVariable("OMP_WAIT_POLICY", Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "PASSIVE");
        if (OperatingSystem.IsLinux())
        {
            KeepFreedMemory();
        }
    }

    /// <summary>
    /// Tells libtorch, once it is loaded, how many threads an operation may use that the calling thread begins: OpenMP keeps the
    /// number by thread. <see cref="LibTorch.EnsureLoaded"/> goes before, and does it for its own.
    /// </summary>
    public static void ApplyThreads()
    {
        // Without a host's word libtorch keeps its own choice: a process that was not prepared is somebody else's.
        if (int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), CultureInfo.InvariantCulture, out var threads) && threads > 0)
        {
            torch.set_num_threads(threads);
        }
    }

    private static int ThreadsOfEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), CultureInfo.InvariantCulture, out var threads) && threads > 0
            ? threads
            : 1;

    // Native code reads the C library's environment, which Environment.SetEnvironmentVariable does not touch on Unix.
    private static void SetVariable(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows() && SetNativeVariable(name, value, 1) != 0)
        {
            throw new InvalidOperationException($"{name}={value} could not be set: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private static void KeepFreedMemory()
    {
        try
        {
            _ = SetMallocOption(MmapThreshold, LargestMmapThreshold);
            _ = SetMallocOption(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc has another allocator, and needs no such word.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}
