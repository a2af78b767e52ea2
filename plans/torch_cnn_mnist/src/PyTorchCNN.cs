using Actors.Learning.Torch;

using src.dataloader;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace src.taskrunner;

/// <summary>
/// The network of OpenFL's template of this name, with the same tensors in the same order: <c>conv1</c>, <c>conv2</c>, <c>fc1</c>,
/// <c>fc2</c>, each with weight and bias, 430,660 parameters. From <c>[batch, 1, 28, 28]</c> to <c>[batch, 10]</c>. Namespace and
/// class are called as module and class of the Python side, since one plan names both.
/// </summary>
public sealed class PyTorchCNN(PyTorchMNISTInMemory data, double learningRate = 0.0001) : TorchTaskRunner(data)
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
        ("fc1", Linear(800, 500)),
        ("relu3", ReLU()),
        ("fc2", Linear(500, 10)));

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) =>
        optim.Adam(parameters, learningRate);
}
