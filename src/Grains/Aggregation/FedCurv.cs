using Actors.Contracts.Plans;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// FedCurv at the aggregator (Shoham et al. 2019, Overcoming Forgetting in Federated Learning on Non-IID Data): the model is the average of the
/// updates, bounded as <see cref="BoundedAverage"/> bounds it, and the control the sums U = Σ uⱼ and V = Σ vⱼ over the collaborators of the
/// round. How large a Fisher information is differs from site to site by more than how long a change is, so that here only what would be left
/// out of an average is left out.
/// </summary>
internal sealed class FedCurv : WeighingRule, IControlRule
{
    private static readonly BoundedAverage Average = new();

    public override string Name => TaskPlan.FedCurv;

    public bool ControlGoesOn => false;

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry) => Average.Weigh(choice, geometry);

    public ModelManifest ControlLayout(ModelManifest model) => CurvatureLayout.Of(model);

    public ControlSum ControlSum(PolicyChoice choice, int members) => new(1, BoundedAverage.LeaveOut(choice));
}
