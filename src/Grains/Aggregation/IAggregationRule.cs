using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// How updates become a model, one block of coordinates at a time. The result depends on the inputs and their order alone, never
/// on threads or on the width of the processor's vectors.
/// </summary>
public interface IAggregationRule
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>Combines the same block of all updates.</summary>
    /// <param name="choice">The plan's settings of the rule.</param>
    /// <param name="updates">The blocks, in the order of the collaborators' names; all as long as <paramref name="result"/>.</param>
    /// <param name="result">Takes the combined block.</param>
    void Combine(PolicyChoice choice, WeightedBlocks updates, Span<double> result);
}
