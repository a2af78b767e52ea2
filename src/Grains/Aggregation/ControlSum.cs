using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// What controls the collaborators' steps, aggregated: c + s Σ dₖ, with the control c so far, zero where it is made anew each round. Each dₖ is
/// counted whole or not at all, since its collaborator takes the same out again: one longer than a multiple of the round's typical norm
/// (<see cref="UpdateGeometry.TypicalNorm"/>) is not. Samples do not weigh.
/// </summary>
/// <param name="share">s, above 0.</param>
/// <param name="multiplier">How many typical norms one may have; infinite for no bound.</param>
internal sealed class ControlSum(double share, double multiplier) : WeighingRule
{
    public override string Name => "control_sum";

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry)
    {
        var bound = BoundedAverage.Times(multiplier, geometry.Unweighted().TypicalNorm());
        double[] counted = [.. Enumerable.Range(0, geometry.Count).Select(update => IsWithin(geometry.Norm(update), bound) ? share : 0)];

        // Each row is c + dₖ.
        return new(counted, Math.Max(0, 1 - counted.Sum()));
    }

    private static bool IsWithin(double norm, double bound) => double.IsFinite(norm) && norm <= bound;
}
