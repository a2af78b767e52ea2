using System.Globalization;
using System.IO.Compression;

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
        var (pixels, classes) = Read();
        using (pixels)
        {
            using var targets = tensor(classes);
            return FederatedDataset.Shard(pixels, targets, collaborators);
        }
    }

    /// <summary>All of them: pixels from 0 to 1 in the shape <c>[1797, 1, 8, 8]</c>, the caller's, and the digits.</summary>
    public static (Tensor Pixels, long[] Classes) Read()
    {
        using var lines = new StreamReader(new GZipStream(
            File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz")), CompressionMode.Decompress));
        var digits = lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return (
            tensor([.. digits.SelectMany(digit => digit.Take(64)).Select(pixel => pixel / 16)]).reshape(-1, 1, 8, 8),
            [.. digits.Select(digit => (long)digit[64])]);
    }
}
