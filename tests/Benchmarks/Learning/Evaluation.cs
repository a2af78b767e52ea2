using Actors.Contracts.Models;
using Actors.Learning.Torch;
using Actors.Learning.Torch.Native;

using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>How many images of a test set, that no collaborator has, a network gets right.</summary>
internal static class Evaluation
{
    private const int BatchSize = 1000;

    /// <summary>The share of all samples, from 0 to 1.</summary>
    public static double Accuracy(Module<Tensor, Tensor> network, Samples samples)
    {
        TrainingRuntime.ApplyThreads();
        network.eval();
        using var frozen = no_grad();
        var correct = 0L;
        foreach (var batch in samples.InOrder(BatchSize))
        {
            using (batch)
            using (NewDisposeScope())
            {
                correct += network.forward(batch.Input).argmax(1).eq(batch.Target).sum().ToInt64();
            }
        }

        return (double)correct / samples.Count;
    }

    /// <summary>Puts a model file's float32 tensors into a network that is laid out the same.</summary>
    public static void Load(Module<Tensor, Tensor> network, string path)
    {
        using var file = ModelFile.Read(path);
        foreach (var (place, (_, tensor)) in network.state_dict().Index())
        {
            file.Read(file.Manifest.OffsetOf(place), tensor.bytes);
        }
    }
}
