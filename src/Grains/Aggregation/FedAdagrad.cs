namespace Actors.Grains.Aggregation;

/// <summary>FedAdagrad (Reddi et al. 2021, Algorithm 2): v ← v + Δ², with β₁ = 0 unless the plan says otherwise.</summary>
internal sealed class FedAdagrad : AdaptiveStep
{
    public override string Name => "fed_adagrad";

    private protected override double OwnBeta1 => 0;

    private protected override double SecondMoment(double before, double squared, double beta2) => before + squared;
}
