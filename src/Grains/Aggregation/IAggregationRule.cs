using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// How updates become a model, one block of coordinates at a time. The result depends on the inputs and their order alone, never
/// on threads, on the size of the blocks or on the width of the processor's vectors. Safe for use by many threads.
/// </summary>
public interface IAggregationRule
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>Combines the same block of all updates.</summary>
    /// <param name="choice">The plan's settings of the rule.</param>
    /// <param name="updates">The blocks; all at least as long as <paramref name="result"/>.</param>
    /// <param name="result">Takes the combined block.</param>
    void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result);

    /// <summary>
    /// Combines the same block of all updates, in float64 on the way: the result is that of the other overload, rounded once.
    /// </summary>
    /// <inheritdoc cref="Combine(PolicyChoice, in UpdateBlocks{double}, Span{double})"/>
    void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result);
}
