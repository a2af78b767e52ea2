using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// What the adaptive server optimizers share (Reddi et al. 2021, Algorithm 2): m ← β₁ m + (1 − β₁) Δ, v by the rule's own equation,
/// x ← x + η m / (√v + τ). There is no bias correction; v begins at τ² or at <see cref="InitialAccumulator"/>.
/// </summary>
internal abstract class AdaptiveStep : ServerRule
{
    /// <summary>The plan's setting: η.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>The plan's setting: β₁.</summary>
    public const string Beta1 = "beta_1";

    /// <summary>The plan's setting: β₂.</summary>
    public const string Beta2 = "beta_2";

    /// <summary>The plan's setting: τ, how far the step adapts.</summary>
    public const string Epsilon = "epsilon";

    /// <summary>The plan's setting: what v begins at.</summary>
    public const string InitialAccumulator = "initial_accumulator_value";

    /// <summary>Default of <see cref="Beta1"/>, but for FedAdagrad.</summary>
    public const double DefaultBeta1 = 0.9;

    private const double DefaultRate = 0.01;
    private const double DefaultBeta2 = 0.99;
    private const double DefaultEpsilon = 1e-3;

    public sealed override IReadOnlyList<string> States { get; } = ["momentum", "second_moment"];

    private protected virtual double OwnBeta1 => DefaultBeta1;

    public sealed override double Initial(PolicyChoice choice, int state) =>
        state == 0 ? 0 : choice.Number(InitialAccumulator, Math.Pow(choice.Number(Epsilon, DefaultEpsilon), 2));

    public sealed override void Step(PolicyChoice choice, in ServerBlock block)
    {
        var (rate, epsilon) = (choice.Number(LearningRate, DefaultRate), choice.Number(Epsilon, DefaultEpsilon));
        var (beta1, beta2) = (choice.Number(Beta1, OwnBeta1), choice.Number(Beta2, DefaultBeta2));
        for (var i = 0; i < block.Model.Length; i++)
        {
            var delta = block.Next[i] - block.Model[i];
            block.First[i] = (beta1 * block.First[i]) + ((1 - beta1) * delta);
            block.Second[i] = SecondMoment(block.Second[i], delta * delta, beta2);
            block.Next[i] = block.Model[i] + (rate * block.First[i] / (Math.Sqrt(block.Second[i]) + epsilon));
        }
    }

    /// <summary>The next v of a coordinate.</summary>
    private protected abstract double SecondMoment(double before, double squared, double beta2);
}
