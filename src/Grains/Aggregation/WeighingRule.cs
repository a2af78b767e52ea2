using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// A rule that looks at the updates as a whole before it combines them: statistics block by block, one decision, then a weighted sum
/// block by block. Tensors that are not of a floating-point type have no distance; of those the median of the updates that count is taken.
/// </summary>
public abstract class WeighingRule : IAggregationRule
{
    private static readonly WeightedAverage Sum = new();

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>Whether the decision needs the inner products of each two updates, and not only their own lengths.</summary>
    public virtual bool NeedsPairs => false;

    /// <summary>Decides how much each update counts. A function of its arguments alone; safe for use by many threads.</summary>
    public abstract Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry);

    /// <inheritdoc/>
    public void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result) => Sum.Combine(choice, updates, result);

    /// <inheritdoc/>
    public void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result) => Sum.Combine(choice, updates, result);
}
