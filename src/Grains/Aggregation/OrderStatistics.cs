using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Parts every coordinate over the updates and averages those in the middle, in float64, in an order that depends on how many there are and nothing
/// else. A zero has no sign here, since processors do not agree which of the two is less.
/// </summary>
internal static class OrderStatistics
{
    // Coordinates sorted at once: two vectors, so that an exchange need not wait for the one before it.
    private const int Lanes32 = 32;
    private const int Lanes64 = 16;
    private const int SmallCount = 64;

    /// <summary>The mean of those that are left of each coordinate when as many of the least as of the greatest are dropped.</summary>
    /// <param name="updates">The updates.</param>
    /// <param name="dropped">How many at each end; less than half.</param>
    /// <param name="result">Takes the means.</param>
    public static unsafe void MiddleMean(in UpdateBlocks<float> updates, int dropped, Span<float> result)
    {
        var straight = updates.Count <= MiddleMeanCode.MostUpdates && Vector512.IsHardwareAccelerated
            ? result.Length / MiddleMeanCode.Lanes * MiddleMeanCode.Lanes
            : 0;
        if (straight > 0)
        {
            fixed (float* values = updates.Values, to = result)
            {
                MiddleMeanCode.For(updates.Count, dropped)((long)values, (long)updates.Stride * sizeof(float), (long)to, (long)straight * sizeof(float));
            }
        }

        if (straight < result.Length)
        {
            MiddleMeanByColumns(new(updates.Weights, updates.Values[straight..], updates.Stride), dropped, result[straight..]);
        }
    }

    /// <summary>The same with the columns in memory: for any number of updates, and for what is left of a block.</summary>
    /// <inheritdoc cref="MiddleMean(in UpdateBlocks{float}, int, Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MiddleMeanByColumns(in UpdateBlocks<float> updates, int dropped, Span<float> result)
    {
        var (count, last) = (updates.Count, updates.Count - 1 - dropped);
        var exchanges = SortingNetwork.For(count, dropped, last);
        var columns = Aligned(count <= SmallCount ? stackalloc Vector512<float>[(2 * count) + 1] : new Vector512<float>[(2 * count) + 1]);
        Span<float> means = stackalloc float[Lanes32];
        Span<float> rest = stackalloc float[Lanes32];
        for (var i = 0; i < result.Length; i += Lanes32)
        {
            var lanes = Math.Min(Lanes32, result.Length - i);
            for (var update = 0; update < count; update++)
            {
                scoped var from = updates.Values.Slice((update * updates.Stride) + i, lanes);
                if (lanes < Lanes32)
                {
                    from.CopyTo(rest);
                    from = rest;
                }

                columns[2 * update] = OneZero(Vector512.Create(from));
                columns[(2 * update) + 1] = OneZero(Vector512.Create(from[Vector512<float>.Count..]));
            }

            Exchange(columns, exchanges);
            Mean(columns, dropped, last, means);
            means[..lanes].CopyTo(result[i..]);
        }
    }

    /// <inheritdoc cref="MiddleMean(in UpdateBlocks{float}, int, Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MiddleMean(in UpdateBlocks<double> updates, int dropped, Span<double> result)
    {
        var (count, last) = (updates.Count, updates.Count - 1 - dropped);
        var exchanges = SortingNetwork.For(count, dropped, last);
        var columns = Aligned(count <= SmallCount ? stackalloc Vector512<double>[(2 * count) + 1] : new Vector512<double>[(2 * count) + 1]);
        Span<double> means = stackalloc double[Lanes64];
        Span<double> rest = stackalloc double[Lanes64];
        for (var i = 0; i < result.Length; i += Lanes64)
        {
            var lanes = Math.Min(Lanes64, result.Length - i);
            for (var update = 0; update < count; update++)
            {
                scoped var from = updates.Values.Slice((update * updates.Stride) + i, lanes);
                if (lanes < Lanes64)
                {
                    from.CopyTo(rest);
                    from = rest;
                }

                columns[2 * update] = OneZero(Vector512.Create(from));
                columns[(2 * update) + 1] = OneZero(Vector512.Create(from[Vector512<double>.Count..]));
            }

            Exchange(columns, exchanges);
            Mean(columns, dropped, last, means);
            means[..lanes].CopyTo(result[i..]);
        }
    }

    // A vector that lies across two cache lines costs twice, and an exchange does little but load and store.
    private static unsafe Span<Vector512<T>> Aligned<T>(Span<Vector512<T>> space)
        where T : unmanaged
    {
        var past = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(space)) % (nuint)Vector512<byte>.Count);
        var skipped = (Vector512<byte>.Count - past) % Vector512<byte>.Count;
        return MemoryMarshal.Cast<byte, Vector512<T>>(MemoryMarshal.AsBytes(space).Slice(skipped, (space.Length - 1) * Vector512<byte>.Count));
    }

    /// <summary>The same numbers, with +0 for -0.</summary>
    public static Vector512<T> OneZero<T>(Vector512<T> numbers)
        where T : unmanaged => numbers + Vector512<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Exchange<T>(Span<Vector512<T>> columns, ReadOnlySpan<(int Low, int High)> exchanges)
        where T : unmanaged
    {
        fixed (Vector512<T>* start = columns)
        {
            foreach (var (low, high) in exchanges)
            {
                var lower = start + (2 * low);
                var higher = start + (2 * high);
                var (a, b, c, d) = (lower[0], higher[0], lower[1], higher[1]);
                lower[0] = Vector512.MinNative(a, b);
                higher[0] = Vector512.MaxNative(a, b);
                lower[1] = Vector512.MinNative(c, d);
                higher[1] = Vector512.MaxNative(c, d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(ReadOnlySpan<Vector512<float>> columns, int first, int last, Span<float> means)
    {
        var number = Vector512.Create((double)(last - first + 1));
        for (var half = 0; half < 2; half++)
        {
            var (lower, upper) = Vector512.Widen(columns[(2 * first) + half]);
            for (var place = first + 1; place <= last; place++)
            {
                var (more, evenMore) = Vector512.Widen(columns[(2 * place) + half]);
                lower += more;
                upper += evenMore;
            }

            Vector512.Narrow(lower / number, upper / number).CopyTo(means[(half * Vector512<float>.Count)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(ReadOnlySpan<Vector512<double>> columns, int first, int last, Span<double> means)
    {
        var number = Vector512.Create((double)(last - first + 1));
        for (var half = 0; half < 2; half++)
        {
            var sum = columns[(2 * first) + half];
            for (var place = first + 1; place <= last; place++)
            {
                sum += columns[(2 * place) + half];
            }

            (sum / number).CopyTo(means[(half * Vector512<double>.Count)..]);
        }
    }
}
