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

    public string Name => "weighted_average";

    // Rounds are few: a kernel that is compiled for good only after many calls would be slow when it counts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result)
    {
        fixed (double* values = updates.Values, weights = updates.Weights, to = result)
        {
            var i = 0;
            for (; i <= result.Length - Step; i += Step)
            {
                var from = values + i;
                var weight = Vector512.Create(weights[0]);

                // The first product stands by itself: added to zero, a negative zero would lose its sign.
                var (a, b, c, d) = (weight * At(from, 0), weight * At(from, 1), weight * At(from, 2), weight * At(from, 3));
                var (e, f, g, h) = (weight * At(from, 4), weight * At(from, 5), weight * At(from, 6), weight * At(from, 7));
                for (var update = 1; update < updates.Count; update++)
                {
                    from += updates.Stride;
                    weight = Vector512.Create(weights[update]);
                    a = Vector512.FusedMultiplyAdd(weight, At(from, 0), a);
                    b = Vector512.FusedMultiplyAdd(weight, At(from, 1), b);
                    c = Vector512.FusedMultiplyAdd(weight, At(from, 2), c);
                    d = Vector512.FusedMultiplyAdd(weight, At(from, 3), d);
                    e = Vector512.FusedMultiplyAdd(weight, At(from, 4), e);
                    f = Vector512.FusedMultiplyAdd(weight, At(from, 5), f);
                    g = Vector512.FusedMultiplyAdd(weight, At(from, 6), g);
                    h = Vector512.FusedMultiplyAdd(weight, At(from, 7), h);
                }

                a.Store(to + i);
                b.Store(to + i + Lanes);
                c.Store(to + i + (2 * Lanes));
                d.Store(to + i + (3 * Lanes));
                e.Store(to + i + (4 * Lanes));
                f.Store(to + i + (5 * Lanes));
                g.Store(to + i + (6 * Lanes));
                h.Store(to + i + (7 * Lanes));
            }

            for (; i < result.Length; i++)
            {
                var sum = weights[0] * values[i];
                for (var update = 1; update < updates.Count; update++)
                {
                    sum = Math.FusedMultiplyAdd(weights[update], values[i + (update * (nint)updates.Stride)], sum);
                }

                to[i] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result)
    {
        fixed (float* values = updates.Values, to = result)
        fixed (double* weights = updates.Weights)
        {
            var i = 0;
            for (; i <= result.Length - Step; i += Step)
            {
                var from = values + i;
                var weight = Vector512.Create(weights[0]);
                var (a, b, c, d) = (weight * At(from, 0), weight * At(from, 1), weight * At(from, 2), weight * At(from, 3));
                var (e, f, g, h) = (weight * At(from, 4), weight * At(from, 5), weight * At(from, 6), weight * At(from, 7));
                for (var update = 1; update < updates.Count; update++)
                {
                    from += updates.Stride;
                    weight = Vector512.Create(weights[update]);
                    a = Vector512.FusedMultiplyAdd(weight, At(from, 0), a);
                    b = Vector512.FusedMultiplyAdd(weight, At(from, 1), b);
                    c = Vector512.FusedMultiplyAdd(weight, At(from, 2), c);
                    d = Vector512.FusedMultiplyAdd(weight, At(from, 3), d);
                    e = Vector512.FusedMultiplyAdd(weight, At(from, 4), e);
                    f = Vector512.FusedMultiplyAdd(weight, At(from, 5), f);
                    g = Vector512.FusedMultiplyAdd(weight, At(from, 6), g);
                    h = Vector512.FusedMultiplyAdd(weight, At(from, 7), h);
                }

                Vector512.Narrow(a, b).Store(to + i);
                Vector512.Narrow(c, d).Store(to + i + (2 * Lanes));
                Vector512.Narrow(e, f).Store(to + i + (4 * Lanes));
                Vector512.Narrow(g, h).Store(to + i + (6 * Lanes));
            }

            for (; i < result.Length; i++)
            {
                var sum = weights[0] * values[i];
                for (var update = 1; update < updates.Count; update++)
                {
                    sum = Math.FusedMultiplyAdd(weights[update], values[i + (update * (nint)updates.Stride)], sum);
                }

                to[i] = (float)sum;
            }
        }
    }

    private static unsafe Vector512<double> At(double* from, int chain) => Vector512.Load(from + (chain * Lanes));

    private static unsafe Vector512<double> At(float* from, int chain) =>
        Vector512.WidenLower(Vector256.Load(from + (chain * Lanes)).ToVector512Unsafe());
}
