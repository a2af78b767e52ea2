using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The mean weighted by sample count, w = Σ nₖ wₖ / Σ nₖ (McMahan et al. 2017, FedAvg). Each coordinate is one chain of fused
/// multiply-adds in float64 in the order of the updates, so the bits do not depend on the vector's width.
/// </summary>
internal sealed class WeightedAverage : IAggregationRule
{
    // Eight chains at once: one alone would wait for its own last addition.
    private const int Chains = 8;
    private const int Lanes = 8;
    private const int Step = Chains * Lanes;

    // In so many places at once the processor reads ahead by itself; the sums of a piece wait in a near cache for the next group.
    private const int Group = 10;
    private const int Piece = 4096;

    // Where little is under way it pays to ask for what comes.
    private const int MostAsked = 6;

    public string Name => "weighted_average";

    public void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result) => Combine(updates, result);

    public void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result) => Combine(updates, result);

    [SkipLocalsInit]
    private static unsafe void Combine<T>(in UpdateBlocks<T> updates, Span<T> result)
        where T : unmanaged
    {
        var vectors = result.Length / Step * Step;
        var isAsking = updates.Count <= MostAsked;
        var sums = stackalloc double[Piece];
        fixed (T* values = updates.Values, to = result)
        fixed (double* weights = updates.Weights)
        {
            for (var i = 0; i < vectors; i += Piece)
            {
                for (var first = 0; first < updates.Count; first += Group)
                {
                    var from = values + i + (first * (nint)updates.Stride);
                    var (count, isLast) = (Math.Min(Group, updates.Count - first), first + Group >= updates.Count);
                    AddGroup(
                        from, updates.Stride, weights + first, count, Math.Min(Piece, vectors - i), isAsking, first > 0 ? sums : null, isLast ? null : sums, to + i);
                }
            }

            for (var i = vectors; i < result.Length; i++)
            {
                var sum = weights[0] * Number(values[i]);
                for (var update = 1; update < updates.Count; update++)
                {
                    sum = Math.FusedMultiplyAdd(weights[update], Number(values[i + (update * (nint)updates.Stride)]), sum);
                }

                to[i] = typeof(T) == typeof(float) ? (T)(object)(float)sum : (T)(object)sum;
            }
        }
    }

    // Rounds are few: a kernel that is compiled for good only after many calls would be slow when it counts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddGroup<T>(
        T* values, int stride, double* weights, int count, int length, bool isAsking, double* before, double* after, T* result)
        where T : unmanaged
    {
        for (var i = 0; i < length; i += Step)
        {
            var from = values + i;
            Vector512<double> a, b, c, d, e, f, g, h;
            if (before is null)
            {
                // A negative zero is what any number can be added to without a change.
                a = b = c = d = e = f = g = h = Vector512.Create(-0.0);
            }
            else
            {
                var sum = before + i;
                (a, b, c, d) = (At(sum, 0), At(sum, 1), At(sum, 2), At(sum, 3));
                (e, f, g, h) = (At(sum, 4), At(sum, 5), At(sum, 6), At(sum, 7));
            }

            for (var update = 0; update < count; update++)
            {
                if (isAsking)
                {
                    MemoryAhead.Ask((byte*)from, Step * sizeof(T));
                }

                var weight = Vector512.Create(weights[update]);
                a = Vector512.FusedMultiplyAdd(weight, At(from, 0), a);
                b = Vector512.FusedMultiplyAdd(weight, At(from, 1), b);
                c = Vector512.FusedMultiplyAdd(weight, At(from, 2), c);
                d = Vector512.FusedMultiplyAdd(weight, At(from, 3), d);
                e = Vector512.FusedMultiplyAdd(weight, At(from, 4), e);
                f = Vector512.FusedMultiplyAdd(weight, At(from, 5), f);
                g = Vector512.FusedMultiplyAdd(weight, At(from, 6), g);
                h = Vector512.FusedMultiplyAdd(weight, At(from, 7), h);
                from += stride;
            }

            if (after is null)
            {
                Store(result + i, a, b, c, d);
                Store(result + i + (4 * Lanes), e, f, g, h);
            }
            else
            {
                Store(after + i, a, b, c, d);
                Store(after + i + (4 * Lanes), e, f, g, h);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<double> At<T>(T* from, int chain)
        where T : unmanaged => typeof(T) == typeof(float)
            ? Vector512.WidenLower(Vector256.Load((float*)from + (chain * Lanes)).ToVector512Unsafe())
            : Vector512.Load((double*)from + (chain * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store<T>(T* to, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector512.Narrow(a, b).Store((float*)to);
            Vector512.Narrow(c, d).Store((float*)to + (2 * Lanes));
        }
        else
        {
            a.Store((double*)to);
            b.Store((double*)to + Lanes);
            c.Store((double*)to + (2 * Lanes));
            d.Store((double*)to + (3 * Lanes));
        }
    }

    private static double Number<T>(T value) => typeof(T) == typeof(float) ? (float)(object)value! : (double)(object)value!;
}
