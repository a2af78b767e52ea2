using System.Globalization;
using System.IO.Compression;

using Actors.Learning.Torch;

using static TorchSharp.torch;

namespace Actors.Experiments;

/// <summary>
/// A data set to begin with, shipped with the library: 1,797 handwritten digits of 8×8 pixels. Optical Recognition of Handwritten Digits,
/// E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, licensed CC BY 4.0.
/// </summary>
public static class HandwrittenDigits
{
    private const int Pixels = 64;
    private const float White = 16;

    /// <summary>All of them, in the file's order.</summary>
    /// <returns>
    /// The images, shape <c>[1797, 1, 8, 8]</c>, float32 from 0 to 1, and which digit each is, shape <c>[1797]</c>, int64 from 0 to 9; on the CPU.
    /// The caller disposes both.
    /// </returns>
    public static (Tensor Images, Tensor Classes) Load()
    {
        using var lines = new StreamReader(new GZipStream(
            typeof(HandwrittenDigits).Assembly.GetManifestResourceStream("digits.csv.gz")!, CompressionMode.Decompress));
        var (pixels, classes) = (new List<float>(), new List<long>());
        while (lines.ReadLine() is { } line)
        {
            float[] numbers = [.. line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
            pixels.AddRange(numbers[..Pixels].Select(pixel => pixel / White));
            classes.Add((long)numbers[Pixels]);
        }

        return (
            SpanTensors.From<float>([.. pixels], classes.Count, 1, 8, 8),
            SpanTensors.From<long>([.. classes], classes.Count));
    }
}
