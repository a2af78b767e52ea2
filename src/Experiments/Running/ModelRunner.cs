using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Running;

/// <summary>One collaborator's task runner over the model of an experiment.</summary>
internal sealed class ModelRunner(TorchDataLoader data, FederatedModel model) : TorchTaskRunner(data)
{
    /// <summary>The network; whoever takes it does not dispose the runner.</summary>
    public Module<Tensor, Tensor> TrainedNetwork => Network;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> BuildNetwork() => model.BuildNetwork();

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => model.BuildOptimizer(parameters);

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor output, Tensor target) => model.Loss(output, target);
}
