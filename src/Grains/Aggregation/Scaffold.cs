using Actors.Contracts.Plans;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// SCAFFOLD's step of the model (Karimireddy et al. 2020, Algorithm 1): x ← x + η (1/|S|) Σ Δyᵢ, the changes bounded as
/// <see cref="BoundedAverage"/> bounds them. As in the paper every collaborator counts the same, whatever its samples: the correction is
/// right for the objective that c averages over. The other half is its control c ← c + (1/N) Σ Δcᵢ, of which a Δcᵢ is bounded as a change is.
/// </summary>
internal sealed class Scaffold : ServerRule, IControlRule
{
    private const double DefaultRate = 1;

    public override string Name => TaskPlan.Scaffold;

    public override IReadOnlyList<string> States => [];

    public bool ControlGoesOn => true;

    public ModelManifest ControlLayout(ModelManifest model) => model;

    public ControlSum ControlSum(PolicyChoice choice, int members) => new(1.0 / members, BoundedAverage.Multiplier(choice));

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry) => base.Weigh(choice, geometry.Unweighted());

    public override void Step(PolicyChoice choice, in ServerBlock block)
    {
        var rate = choice.Number(AdaptiveStep.LearningRate, DefaultRate);
        for (var i = 0; i < block.Model.Length; i++)
        {
            block.Next[i] = block.Model[i] + (rate * (block.Next[i] - block.Model[i]));
        }
    }
}
