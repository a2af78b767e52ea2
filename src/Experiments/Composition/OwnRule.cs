using System.Buffers;

using Actors.Grains;
using Actors.Grains.Aggregation;
using Actors.Grains.Experiments;
using Actors.Learning;

namespace Actors.Experiments.Composition;

/// <summary>A federation's own aggregation rule among the aggregator's: what it does wrong ends the experiment with its name.</summary>
/// <param name="name">The name by which the aggregator knows it.</param>
/// <param name="rule">The federation's rule.</param>
internal sealed class OwnRule(string name, AggregationRule rule) : IAggregationRule
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result)
    {
        Combine(updates.Weights, updates.Values, updates.Stride, result);
        RequireFinite<double>(result);
    }

    /// <inheritdoc/>
    public void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result)
    {
        var wide = ArrayPool<double>.Shared.Rent((updates.Count + 1) * result.Length);
        try
        {
            for (var update = 0; update < updates.Count; update++)
            {
                Widen(updates.Block(update, result.Length), wide.AsSpan(update * result.Length));
            }

            var combined = wide.AsSpan(updates.Count * result.Length, result.Length);
            Combine(updates.Weights, wide, result.Length, combined);
            for (var i = 0; i < combined.Length; i++)
            {
                result[i] = (float)combined[i];
            }

            RequireFinite<float>(result);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(wide);
        }
    }

    private void Combine(ReadOnlySpan<double> weights, ReadOnlySpan<double> values, int stride, Span<double> result)
    {
        try
        {
            rule.Combine(new(weights, values, stride, result.Length), result);
        }
        catch (Exception problem)
        {
            throw new FederationException($"The rule {name} failed: {problem.Message}", problem); // It is anybody's code, and would fail again.
        }
    }

    private void RequireFinite<T>(ReadOnlySpan<T> numbers)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (var number in numbers)
        {
            if (!T.IsFinite(number))
            {
                throw new FederationException($"The rule {name} came to {number} for a coordinate. Every number of a model must be finite.");
            }
        }
    }

    private static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }
}
