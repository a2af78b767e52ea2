using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>Handwritten digits, and a small network for them.</summary>
internal static class Digits
{
    /// <summary>A network without a hidden layer: trained in no time.</summary>
    public static FederatedModel Linear { get; } = new(
        () => Sequential(("flatten", Flatten()), ("scores", nn.Linear(64, 10))),
        parameters => optim.SGD(parameters, 0.1));

    /// <summary>All of them, in equal shards.</summary>
    public static FederatedDataset Shard(int collaborators)
    {
        var (images, classes) = HandwrittenDigits.Load();
        using (images)
        using (classes)
        {
            return FederatedDataset.Shard(images, classes, collaborators);
        }
    }
}
