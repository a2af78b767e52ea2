namespace Actors.Grains.Aggregation;

/// <summary>FedAdam (Reddi et al. 2021, Algorithm 2): v ← β₂ v + (1 − β₂) Δ².</summary>
internal sealed class FedAdam : AdaptiveStep
{
    public override string Name => "fed_adam";

    private protected override double SecondMoment(double before, double squared, double beta2) => (beta2 * before) + ((1 - beta2) * squared);
}
