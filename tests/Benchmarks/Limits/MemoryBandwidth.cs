using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Actors.Benchmarks.Limits;

/// <summary>Reads this process's memory as fast as it goes, with as many threads as the kernels use.</summary>
internal static unsafe class MemoryBandwidth
{
    private const int Streams = 8;

    /// <summary>Reads all of it once.</summary>
    /// <param name="memory">What to read; much larger than the caches.</param>
    /// <param name="bytes">How much it is.</param>
    /// <param name="threads">How many threads.</param>
    public static void Read(byte* memory, long bytes, int threads) =>
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            Sum(memory + (bytes / threads * thread), bytes / threads));

    // The sums are kept so that no compiler may leave the reading out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Sum(byte* memory, long bytes)
    {
        var (a, b, c, d) = (Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero);
        for (var at = memory; at + (Streams * Vector512<byte>.Count) <= memory + bytes; at += Streams * Vector512<byte>.Count)
        {
            var from = (long*)at;
            a += Vector512.Load(from) + Vector512.Load(from + 32);
            b += Vector512.Load(from + 8) + Vector512.Load(from + 40);
            c += Vector512.Load(from + 16) + Vector512.Load(from + 48);
            d += Vector512.Load(from + 24) + Vector512.Load(from + 56);
        }

        return Vector512.Sum(a + b + c + d);
    }
}
