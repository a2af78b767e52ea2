using System.Globalization;
using System.IO.Compression;

using Actors.Learning;
using Actors.Learning.Torch;

namespace TorchCnnDigits;

/// <summary>
/// Handwritten digits: each collaborator takes its shard of the file, and keeps every fifth sample of it for validation.
/// Inputs have shape <c>[batch, 1, 8, 8]</c>, float32 from 0 to 1; targets <c>[batch]</c>, int64 from 0 to 9.
/// </summary>
public sealed class DigitsLoader : TorchDataLoader
{
    private const int Pixels = 64;
    private const float White = 16;

    /// <summary>Reads the shard.</summary>
    /// <param name="dataPath">The shard's number, from 1.</param>
    /// <param name="collaboratorCount">The number of shards.</param>
    /// <param name="file">One digit a line: 64 pixels from 0 to 16, then the digit.</param>
    public DigitsLoader(string dataPath, int collaboratorCount = 2, string file = "data/digits.csv.gz")
    {
        var digits = Read(file);
        var shard = Shards.Of(Shards.Parse(dataPath, collaboratorCount), collaboratorCount, digits.Count);
        Train = ToSamples([.. shard.Where((_, place) => place % 5 != 4).Select(index => digits[index])]);
        Validation = ToSamples([.. shard.Where((_, place) => place % 5 == 4).Select(index => digits[index])]);
    }

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
        var classes = digits.Select(digit => (long)digit[Pixels]).ToArray();
        return new(
            SpanTensors.From<float>(pixels, digits.Count, 1, 8, 8),
            SpanTensors.From<long>(classes, digits.Count));
    }
}
