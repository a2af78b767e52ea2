using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Sorts every coordinate over the updates and averages those in the middle, in float64 from the least to the greatest. Numbers are
/// ordered by their bits, -0 before +0, as every processor does it alike.
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
        var columns = Aligned(count <= SmallCount ? stackalloc Vector512<int>[(2 * count) + 1] : new Vector512<int>[(2 * count) + 1]);
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

                columns[2 * update] = Ordered(Vector512.Create(from).AsInt32());
                columns[(2 * update) + 1] = Ordered(Vector512.Create(from[Vector512<float>.Count..]).AsInt32());
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
        var columns = Aligned(count <= SmallCount ? stackalloc Vector512<long>[(2 * count) + 1] : new Vector512<long>[(2 * count) + 1]);
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

                columns[2 * update] = Ordered(Vector512.Create(from).AsInt64());
                columns[(2 * update) + 1] = Ordered(Vector512.Create(from[Vector512<double>.Count..]).AsInt64());
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

    /// <summary>Bits by which float32 compare as integers: a negative number's magnitude counts backwards. The mapping undoes itself.</summary>
    public static Vector512<int> Ordered(Vector512<int> bits) => bits ^ ((bits >> 31) & Vector512.Create(int.MaxValue));

    private static Vector512<long> Ordered(Vector512<long> bits) => bits ^ ((bits >> 63) & Vector512.Create(long.MaxValue));

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
                lower[0] = Vector512.Min(a, b);
                higher[0] = Vector512.Max(a, b);
                lower[1] = Vector512.Min(c, d);
                higher[1] = Vector512.Max(c, d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(ReadOnlySpan<Vector512<int>> columns, int first, int last, Span<float> means)
    {
        var number = Vector512.Create((double)(last - first + 1));
        for (var half = 0; half < 2; half++)
        {
            var (lower, upper) = Vector512.Widen(Ordered(columns[(2 * first) + half]).AsSingle());
            for (var place = first + 1; place <= last; place++)
            {
                var (more, evenMore) = Vector512.Widen(Ordered(columns[(2 * place) + half]).AsSingle());
                lower += more;
                upper += evenMore;
            }

            Vector512.Narrow(lower / number, upper / number).CopyTo(means[(half * Vector512<float>.Count)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(ReadOnlySpan<Vector512<long>> columns, int first, int last, Span<double> means)
    {
        var number = Vector512.Create((double)(last - first + 1));
        for (var half = 0; half < 2; half++)
        {
            var sum = Ordered(columns[(2 * first) + half]).AsDouble();
            for (var place = first + 1; place <= last; place++)
            {
                sum += Ordered(columns[(2 * place) + half]).AsDouble();
            }

            (sum / number).CopyTo(means[(half * Vector512<double>.Count)..]);
        }
    }
}
