using Actors.Learning.Torch;

using TorchCnnFashionMnist;

using static TorchSharp.torch;

namespace Actors.Benchmarks.Learning;

/// <summary>Images with their classes. Owns the tensor.</summary>
/// <param name="pixels">Shape <c>[samples, 1, 28, 28]</c>, bytes.</param>
/// <param name="labels">The classes, from 0 to 9.</param>
internal sealed class ImageSet(Tensor pixels, long[] labels) : IDisposable
{
    // Of the pixels of Fashion-MNIST's training images.
    private const double Mean = 72.94;
    private const double Deviation = 90.02;

    /// <summary>The classes.</summary>
    public long[] Labels { get; } = labels;

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Reads a part of Fashion-MNIST, <c>train</c> or <c>t10k</c>, as the template's loader finds it.</summary>
    public static ImageSet FashionMnist(string part)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var files = new FashionMnistFiles(http, null, FashionMnistFiles.UserCache());
        var images = IdxFile.Read(files.Find($"{part}-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(files.Find($"{part}-labels-idx1-ubyte.gz"));
        return new(
            SpanTensors.From<byte>(images.Values, images.Axes[0], 1, images.Axes[1], images.Axes[2]),
            [.. labels.Values.Select(label => (long)label)]);
    }

    /// <summary>The first images.</summary>
    public ImageSet Take(int count) => new(pixels.slice(0, 0, Math.Min(count, Count), 1).clone(), Labels[..Math.Min(count, Count)]);

    /// <summary>Some images as they are, from 0 to 255; the caller disposes them.</summary>
    public Samples Raw(int[] places) => Pick(places, chosen => chosen);

    /// <summary>Some images, pixels with the mean 0 and the variance 1 over all of them; the caller disposes them.</summary>
    public Samples Standardised(int[] places) => Pick(places, chosen =>
    {
        using (chosen)
        {
            return chosen.to(ScalarType.Float32).sub_(Mean).div_(Deviation);
        }
    });

    /// <summary>All images in that form; the caller disposes them.</summary>
    public Samples Standardised() => Standardised([.. Enumerable.Range(0, Count)]);

    public void Dispose() => pixels.Dispose();

    private Samples Pick(int[] places, Func<Tensor, Tensor> prepare)
    {
        using var index = SpanTensors.From<int>(places, places.Length);
        return new(
            prepare(pixels.index_select(0, index)),
            SpanTensors.From<long>(places.Select(place => Labels[place]).ToArray(), places.Length));
    }
}
