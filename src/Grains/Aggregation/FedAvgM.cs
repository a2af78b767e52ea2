using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>Server momentum (Hsu et al. 2019, Measuring the Effects of Non-Identical Data Distribution): v ← β v + Δ; x ← x + η v.</summary>
internal sealed class FedAvgM : ServerRule
{
    private const double DefaultRate = 1;

    public override string Name => "fed_avg_m";

    public override IReadOnlyList<string> States { get; } = ["momentum"];

    public override void Step(PolicyChoice choice, in ServerBlock block)
    {
        var (rate, beta) = (choice.Number(AdaptiveStep.LearningRate, DefaultRate), choice.Number(AdaptiveStep.Beta1, AdaptiveStep.DefaultBeta1));
        for (var i = 0; i < block.Model.Length; i++)
        {
            block.First[i] = (beta * block.First[i]) + (block.Next[i] - block.Model[i]);
            block.Next[i] = block.Model[i] + (rate * block.First[i]);
        }
    }
}
