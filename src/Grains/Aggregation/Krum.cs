using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Krum (Blanchard et al. 2017, Machine Learning with Adversaries, section 4): the one update with the least score, the sum of the
/// squared distances to its K − f − 2 closest others. Holds out against f of K ≥ 2f + 3 updates, whatever they are. Sample counts
/// do not weigh, since whoever lies about a model may lie about them too.
/// </summary>
internal sealed class Krum : WeighingRule
{
    /// <summary>The plan's setting: the number f of updates that may be wrong, at least 0. Default: the most there may be, ⌊(K − 3) / 2⌋.</summary>
    public const string Byzantine = "byzantine_collaborators";

    public override string Name => "krum";

    public override bool NeedsPairs => true;

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry) => Average(geometry, ByScore(choice, geometry).Take(1));

    /// <summary>How many of a round's updates may be wrong: what the plan says as far as there are updates enough.</summary>
    internal static int Wrong(PolicyChoice choice, int count)
    {
        var most = Math.Max((count - 3) / 2, 0);
        return (int)Math.Min(choice.Number(Byzantine, most), most);
    }

    /// <summary>The updates from the least score on; of equal ones the earlier first.</summary>
    internal static IEnumerable<int> ByScore(PolicyChoice choice, UpdateGeometry geometry)
    {
        var closest = Math.Max(geometry.Count - Wrong(choice, geometry.Count) - 2, 1);
        var updates = Enumerable.Range(0, geometry.Count).ToList();
        return updates.OrderBy(update => updates
            .Where(other => other != update)
            .Select(other => geometry.SquaredDistance(update, other))
            .Order()
            .Take(closest)
            .Sum());
    }

    /// <summary>Those chosen, each with the same weight.</summary>
    internal static Weighing Average(UpdateGeometry geometry, IEnumerable<int> chosen)
    {
        var (updates, coefficients) = (chosen.ToList(), new double[geometry.Count]);
        updates.ForEach(update => coefficients[update] = 1.0 / updates.Count);
        return new(coefficients);
    }
}
