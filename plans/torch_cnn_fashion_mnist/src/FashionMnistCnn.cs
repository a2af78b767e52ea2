using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchCnnFashionMnist;

/// <summary>
/// The network of the tutorial in OpenFL's paper: two convolutions, two dense layers, 430,660 parameters in 8 tensors,
/// from <c>[batch, 1, 28, 28]</c> to <c>[batch, 10]</c>.
/// </summary>
public sealed class FashionMnistCnn(FashionMnistLoader data, double learningRate = 0.0001) : TorchTaskRunner(data)
{
    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> BuildNetwork() => Sequential(
        ("conv1", Conv2d(1, 20, 2)),
        ("relu1", ReLU()),
        ("pool1", MaxPool2d(2)),
        ("conv2", Conv2d(20, 50, 5)),
        ("relu2", ReLU()),
        ("pool2", MaxPool2d(2)),
        ("flatten", Flatten()),
        ("fc1", Linear(50 * 4 * 4, 500)),
        ("relu3", ReLU()),
        ("fc2", Linear(500, 10)));

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) =>
        optim.Adam(parameters, learningRate);
}
