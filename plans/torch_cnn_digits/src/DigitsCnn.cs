using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchCnnDigits;

/// <summary>A small convolutional network from <c>[batch, 1, 8, 8]</c> to <c>[batch, 10]</c>.</summary>
public sealed class DigitsCnn(DigitsLoader data, double learningRate = 0.001) : TorchTaskRunner(data)
{
    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> BuildNetwork() => Sequential(
        ("conv1", Conv2d(1, 16, 3, padding: 1)),
        ("relu1", ReLU()),
        ("conv2", Conv2d(16, 32, 3, padding: 1)),
        ("relu2", ReLU()),
        ("pool", MaxPool2d(2)),
        ("flatten", Flatten()),
        ("fc1", Linear(32 * 4 * 4, 64)),
        ("relu3", ReLU()),
        ("fc2", Linear(64, 10)));

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) =>
        optim.Adam(parameters, learningRate);
}
