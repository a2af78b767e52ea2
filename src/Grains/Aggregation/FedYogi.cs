namespace Actors.Grains.Aggregation;

/// <summary>FedYogi (Reddi et al. 2021, Algorithm 2): v ← v − (1 − β₂) Δ² sign(v − Δ²).</summary>
internal sealed class FedYogi : AdaptiveStep
{
    public override string Name => "fed_yogi";

    private protected override double SecondMoment(double before, double squared, double beta2) =>
        before + ((1 - beta2) * (squared > before ? squared : squared < before ? -squared : 0));
}
