using Actors.Experiments;
using Actors.Experiments.Virtual;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Cli.Simulations;

/// <summary>The models that <c>fx simulate</c> trains, by name.</summary>
internal static class SimulatedModels
{
    private const int HiddenUnits = 200;

    /// <summary>How a model is made of images to train on, images to score on, epochs, batch size and learning rate.</summary>
    private delegate IVirtualModel Make(ImageSamples training, ImageSamples validation, int epochs, int batchSize, double learningRate);

    private static readonly Dictionary<string, Make> ByName = new(StringComparer.Ordinal)
    {
        ["logistic"] = (training, validation, epochs, batchSize, learningRate) =>
            new LogisticRegression(training, validation, epochs, batchSize, learningRate),
        ["torch_logistic"] = (training, validation, epochs, batchSize, learningRate) =>
            new TorchClassifier(Logistic(training, learningRate), training, validation, epochs, batchSize),
        ["torch_2nn"] = (training, validation, epochs, batchSize, learningRate) =>
            new TorchClassifier(TwoHiddenLayers(training, learningRate), training, validation, epochs, batchSize),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>Makes the model with a name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static IVirtualModel Create(
        string name, ImageSamples training, ImageSamples validation, int epochs, int batchSize, double learningRate) =>
        ByName.TryGetValue(name, out var make)
            ? make(training, validation, epochs, batchSize, learningRate)
            : throw new CommandException($"There is no model '{name}'; choose one of {string.Join(", ", Names)}.");

    // Begins with zeros, as the plain one.
    private static FederatedModel Logistic(ImageSamples images, double learningRate) => new(
        () =>
        {
            var scores = Linear(images.Height * images.Width, images.ClassCount);
            init.zeros_(scores.weight);
            init.zeros_(scores.bias);
            return Sequential(("flatten", Flatten()), ("scores", scores));
        },
        parameters => optim.SGD(parameters, learningRate));

    // The 2NN of McMahan et al. (2017): two hidden layers of 200 units.
    private static FederatedModel TwoHiddenLayers(ImageSamples images, double learningRate) => new(
        () => Sequential(
            ("flatten", Flatten()),
            ("hidden1", Linear(images.Height * images.Width, HiddenUnits)),
            ("relu1", ReLU()),
            ("hidden2", Linear(HiddenUnits, HiddenUnits)),
            ("relu2", ReLU()),
            ("scores", Linear(HiddenUnits, images.ClassCount))),
        parameters => optim.SGD(parameters, learningRate));
}
