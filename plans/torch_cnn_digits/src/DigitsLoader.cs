using System.Globalization;
using System.IO.Compression;

using Actors.Learning;
using Actors.Learning.Splitting;
using Actors.Learning.Torch;

namespace TorchCnnDigits;

/// <summary>
/// Handwritten digits: each collaborator takes its shard of the file, and keeps every fifth sample of it for validation.
/// Inputs have shape <c>[batch, 1, 8, 8]</c>, float32 from 0 to 1; targets <c>[batch]</c>, int64 from 0 to 9.
/// </summary>
public sealed class DigitsLoader : TorchDataLoader
{
    private const int Pixels = 64;
    private const int Fold = 5;
    private const float White = 16;

    /// <summary>Reads the shard.</summary>
    /// <param name="dataPath">The shard's number, from 1.</param>
    /// <param name="collaboratorCount">The number of shards.</param>
    /// <param name="file">One digit a line: 64 pixels from 0 to 16, then the digit.</param>
    /// <param name="split">How the file is cut into shards: a name from <see cref="Splitters"/>.</param>
    /// <param name="alpha">Of <c>dirichlet</c>: the smaller, the fewer digits a shard has.</param>
    /// <param name="sigma">Of <c>log_normal</c>: the larger, the more uneven the shards' sizes.</param>
    /// <param name="splitSeed">What random shards are drawn from; the same for all collaborators.</param>
    public DigitsLoader(
        string dataPath,
        int collaboratorCount = 2,
        string file = "data/digits.csv.gz",
        string split = "equal",
        double alpha = 0.5,
        double sigma = 1,
        long splitSeed = 0)
    {
        var digits = Read(file);
        var own = Shards.Parse(dataPath, collaboratorCount) - 1;
        var settings = new SplitSettings(collaboratorCount, splitSeed, alpha, sigma, Minimum: Fold);
        var shard = Splitters.Find(split).Split([.. digits.Select(ClassOf)], settings)[own];
        Train = ToSamples([.. shard.Where((_, place) => place % Fold != Fold - 1).Select(index => digits[index])]);
        Validation = ToSamples([.. shard.Where((_, place) => place % Fold == Fold - 1).Select(index => digits[index])]);
    }

    private static long ClassOf(float[] digit) => (long)digit[Pixels];

    private static List<float[]> Read(string file)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var digits = new List<float[]>();
        while (lines.ReadLine() is { } line)
        {
            digits.Add([.. line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))]);
        }

        return digits;
    }

    private static Samples ToSamples(List<float[]> digits)
    {
        var pixels = digits.SelectMany(digit => digit.Take(Pixels)).Select(pixel => pixel / White).ToArray();
        var classes = digits.Select(ClassOf).ToArray();
        return new(
            SpanTensors.From<float>(pixels, digits.Count, 1, 8, 8),
            SpanTensors.From<long>(classes, digits.Count));
    }
}
