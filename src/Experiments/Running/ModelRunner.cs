using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Running;

/// <summary>One collaborator's task runner over the functions of a <see cref="FederatedModel"/>.</summary>
internal sealed class ModelRunner(TorchDataLoader data, NetworkFunctions model) : TorchTaskRunner(data)
{
    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> BuildNetwork() => model.BuildNetwork();

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => model.BuildOptimizer(parameters);

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor output, Tensor target) => model.Loss(output, target);
}
