using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The coordinate-wise median (Yin et al. 2018, Byzantine-Robust Distributed Learning): of an even number of updates the mean of the two
/// in the middle. Sample counts do not weigh, since whoever lies about a model may lie about them too. Fewer than half of the updates,
/// however wrong, cannot move a coordinate beyond what the others say.
/// </summary>
internal sealed class Median : IAggregationRule
{
    public string Name => "median";

    public void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result) =>
        OrderStatistics.MiddleMean(updates, (updates.Count - 1) / 2, result);

    public void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result) =>
        OrderStatistics.MiddleMean(updates, (updates.Count - 1) / 2, result);
}
