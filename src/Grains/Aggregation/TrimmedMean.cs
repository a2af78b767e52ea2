using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The coordinate-wise trimmed mean (Yin et al. 2018): of each coordinate the least and the greatest ⌊β K⌋ of K updates are dropped and
/// the others averaged, each with the same weight. Holds out against less than the share β of wrong updates.
/// </summary>
internal sealed class TrimmedMean : IAggregationRule
{
    /// <summary>The plan's setting: the share β that is dropped at each end; from 0 to less than 0.5.</summary>
    public const string TrimFraction = "trim_fraction";

    private const double DefaultFraction = 0.1;

    public string Name => "trimmed_mean";

    public void Combine(PolicyChoice choice, in UpdateBlocks<double> updates, Span<double> result) =>
        OrderStatistics.MiddleMean(updates, Dropped(choice, updates.Count), result);

    public void Combine(PolicyChoice choice, in UpdateBlocks<float> updates, Span<float> result) =>
        OrderStatistics.MiddleMean(updates, Dropped(choice, updates.Count), result);

    // At least one is left whatever the setting.
    private static int Dropped(PolicyChoice choice, int count) =>
        Math.Clamp((int)(choice.Number(TrimFraction, DefaultFraction) * count), 0, (count - 1) / 2);
}
