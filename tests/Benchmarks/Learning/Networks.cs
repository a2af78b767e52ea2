using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>The networks, from <c>[batch, 1, 28, 28]</c> to <c>[batch, 10]</c>.</summary>
internal static class Networks
{
    /// <summary>That of OpenFL's tutorial: 430,660 parameters in 8 tensors.</summary>
    public static Module<Tensor, Tensor> OpenFl() => Sequential(
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

    /// <summary>The 2NN of McMahan et al. 2017: two hidden layers of 200, 199,210 parameters.</summary>
    public static Module<Tensor, Tensor> TwoHiddenLayers() => Sequential(
        ("flatten", Flatten()),
        ("hidden1", Linear(28 * 28, 200)),
        ("relu1", ReLU()),
        ("hidden2", Linear(200, 200)),
        ("relu2", ReLU()),
        ("scores", Linear(200, 10)));

    /// <summary>
    /// The CNN of McMahan et al. 2017: two 5×5 convolutions with 32 and 64 channels, a dense layer of 512; 1,663,370 parameters.
    /// </summary>
    public static Module<Tensor, Tensor> Convolutions() => Sequential(
        ("conv1", Conv2d(1, 32, 5, padding: 2)),
        ("relu1", ReLU()),
        ("pool1", MaxPool2d(2)),
        ("conv2", Conv2d(32, 64, 5, padding: 2)),
        ("relu2", ReLU()),
        ("pool2", MaxPool2d(2)),
        ("flatten", Flatten()),
        ("fc1", Linear(64 * 7 * 7, 512)),
        ("relu3", ReLU()),
        ("fc2", Linear(512, 10)));
}
