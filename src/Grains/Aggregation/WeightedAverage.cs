using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The mean weighted by sample count, w = Σ nₖ wₖ / Σ nₖ (McMahan et al. 2017, FedAvg). Each coordinate is one chain of fused
/// multiply-adds in float64 in the order of the updates, so the bits do not depend on the vector's width.
/// </summary>
internal sealed class WeightedAverage : IAggregationRule
{
    public string Name => "weighted_average";

    public void Combine(PolicyChoice choice, WeightedBlocks updates, Span<double> result)
    {
        // The first product stands by itself: added to zero, a negative zero would lose its sign.
        Start(updates.Weight(0), updates.Block(0, result.Length), result);
        for (var update = 1; update < updates.Count; update++)
        {
            Add(updates.Weight(update), updates.Block(update, result.Length), result);
        }
    }

    private static void Start(double weight, ReadOnlySpan<double> block, Span<double> sum)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = weight * block[i];
        }
    }

    private static void Add(double weight, ReadOnlySpan<double> block, Span<double> sum)
    {
        var weights = Vector256.Create(weight);
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(block);
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(sum);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = Vector256.FusedMultiplyAdd(weights, blocks[i], sums[i]);
        }

        for (var i = sums.Length * Vector256<double>.Count; i < sum.Length; i++)
        {
            sum[i] = Math.FusedMultiplyAdd(weight, block[i], sum[i]);
        }
    }
}
