using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Running;

/// <summary>The functions of a <see cref="FederatedModel"/>.</summary>
/// <param name="BuildNetwork">Makes a network with its initial weights.</param>
/// <param name="BuildOptimizer">Makes an optimizer as it is before the first step.</param>
/// <param name="Loss">How far outputs are from targets.</param>
internal sealed record NetworkFunctions(
    Func<Module<Tensor, Tensor>> BuildNetwork,
    Func<IEnumerable<Parameter>, OptimizerHelper> BuildOptimizer,
    Func<Tensor, Tensor, Tensor> Loss);
