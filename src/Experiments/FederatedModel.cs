using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments;

/// <summary>What a federation trains: how a network and its optimizer are built, which every collaborator does for itself.</summary>
/// <param name="buildNetwork">
/// Makes a new module from <c>[batch, …]</c> to <c>[batch, …]</c> on the CPU, the same at each call but for its weights. Chance is
/// seeded before it is called.
/// </param>
/// <param name="buildOptimizer">Makes an optimizer as it is before the first step, of the network's parameters in its order.</param>
/// <param name="loss">
/// How far outputs are from targets, as a scalar, the mean over the batch; null for the cross entropy of class scores.
/// </param>
public sealed class FederatedModel(
    Func<Module<Tensor, Tensor>> buildNetwork,
    Func<IEnumerable<Parameter>, OptimizerHelper> buildOptimizer,
    Func<Tensor, Tensor, Tensor>? loss = null)
{
    internal Func<Module<Tensor, Tensor>> BuildNetwork { get; } = buildNetwork ?? throw new ArgumentNullException(nameof(buildNetwork));

    internal Func<IEnumerable<Parameter>, OptimizerHelper> BuildOptimizer { get; } =
        buildOptimizer ?? throw new ArgumentNullException(nameof(buildOptimizer));

    internal Func<Tensor, Tensor, Tensor> Loss { get; } = loss ?? ((output, target) => functional.cross_entropy(output, target));
}
