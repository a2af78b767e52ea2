using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The weighted average of changes that are no longer than a fixed bound: x + Σ wₖ min(1, b / ‖dₖ‖) dₖ with dₖ = yₖ − x (norm clipping,
/// Sun et al. 2019, Can You Really Backdoor Federated Learning?).
/// </summary>
internal sealed class NormBounded : WeighingRule
{
    /// <summary>The plan's setting: the bound b on a change's Euclidean norm, above 0.</summary>
    public const string Bound = "bound";

    public override string Name => "norm_bounded";

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry) =>
        Weigh(geometry, choice.Number(Bound, double.PositiveInfinity), double.PositiveInfinity);

    /// <summary>Shares of samples, with long changes shortened and longer ones left out. When all are left out the model stays.</summary>
    /// <param name="geometry">The updates.</param>
    /// <param name="bound">How long a change may be.</param>
    /// <param name="leaveOut">From which length on it is left out.</param>
    internal static Weighing Weigh(UpdateGeometry geometry, double bound, double leaveOut)
    {
        var shares = Shares.OfKept(geometry.SampleCounts, update => geometry.Norm(update) <= leaveOut && double.IsFinite(geometry.Norm(update)));
        var (counted, model) = (new double[geometry.Count], 0.0);
        for (var update = 0; update < geometry.Count; update++)
        {
            var scale = geometry.Norm(update) > bound ? bound / geometry.Norm(update) : 1;
            counted[update] = shares[update] * scale;
            model += shares[update] * (1 - scale);
        }

        return shares.Any(share => share > 0) ? new(counted, model) : new(counted, 1);
    }
}
