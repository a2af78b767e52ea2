using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// SCAFFOLD's control variate of the aggregator (Karimireddy et al. 2020, Algorithm 1): c ← c + (1/N) Σ Δcᵢ. A change is counted whole or
/// not at all, since its collaborator keeps the same cᵢ: one longer than the bound of <see cref="BoundedAverage"/> is not.
/// </summary>
internal sealed class ControlAverage : WeighingRule
{
    private const string Members = "members";

    public override string Name => "control_average";

    /// <summary>The choice for a federation.</summary>
    /// <param name="choice">The plan's choice, with its bound.</param>
    /// <param name="members">N: how many collaborators the federation has.</param>
    public static PolicyChoice Of(PolicyChoice choice, int members) =>
        choice with { Numbers = new Dictionary<string, double>(choice.Numbers) { [Members] = members } };

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry)
    {
        var unweighted = geometry.Unweighted();
        var bound = BoundedAverage.Bound(choice, unweighted);
        var share = 1 / choice.Number(Members, geometry.Count);
        double[] counted = [.. Enumerable.Range(0, geometry.Count).Select(update => IsWithin(unweighted.Norm(update), bound) ? share : 0)];

        // Each row is c + Δcᵢ.
        return new(counted, Math.Max(0, 1 - counted.Sum()));
    }

    private static bool IsWithin(double norm, double bound) => double.IsFinite(norm) && norm <= bound;
}
