using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Multi-Krum (Blanchard et al. 2017, section 5): the mean of the m updates with the least scores of <see cref="Krum"/>, each with the
/// same weight. Between Krum, with m = 1, and the mean, with m = K.
/// </summary>
internal sealed class MultiKrum : WeighingRule
{
    /// <summary>The plan's setting: the number m of updates that are averaged, at least 1. Default: all but those that may be wrong, K − f.</summary>
    public const string Selected = "selected_collaborators";

    public override string Name => "multi_krum";

    public override bool NeedsPairs => true;

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry)
    {
        var selected = choice.Number(Selected, geometry.Count - Krum.Wrong(choice, geometry.Count));
        return Krum.Average(geometry, Krum.ByScore(choice, geometry).Take((int)Math.Clamp(selected, 1, geometry.Count)));
    }
}
