using Actors.Learning;
using Actors.Learning.Torch;

namespace TorchCnnFashionMnist;

/// <summary>
/// Fashion-MNIST: each collaborator takes its shard of the 60,000 training and 10,000 validation images.
/// Inputs have shape <c>[batch, 1, 28, 28]</c>, float32 from 0 to 255; targets <c>[batch]</c>, int64 from 0 to 9.
/// </summary>
public sealed class FashionMnistLoader : TorchDataLoader
{
    /// <summary>Reads the shard.</summary>
    /// <param name="dataPath">The shard's number, from 1.</param>
    /// <param name="collaboratorCount">The number of shards.</param>
    /// <param name="folder">Where the four files are; null to look for them, see <see cref="FashionMnistFiles"/>.</param>
    public FashionMnistLoader(string dataPath, int collaboratorCount = 2, string? folder = null)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var files = new FashionMnistFiles(http, folder, FashionMnistFiles.UserCache());
        var shard = Shards.Parse(dataPath, collaboratorCount);
        Train = ToSamples(files, "train", shard, collaboratorCount);
        Validation = ToSamples(files, "t10k", shard, collaboratorCount);
    }

    private static Samples ToSamples(FashionMnistFiles files, string part, int shard, int count)
    {
        var images = IdxFile.Read(files.Find($"{part}-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(files.Find($"{part}-labels-idx1-ubyte.gz"));
        var (height, width) = (images.Axes[1], images.Axes[2]);
        var indices = Shards.Of(shard, count, labels.Axes[0]);
        var pixels = new byte[indices.Length * height * width];
        foreach (var (place, index) in indices.Index())
        {
            images.Values.AsSpan(index * height * width, height * width).CopyTo(pixels.AsSpan(place * height * width));
        }

        var classes = indices.Select(index => (long)labels.Values[index]).ToArray();
        return new(
            SpanTensors.From<byte>(pixels, indices.Length, 1, height, width),
            SpanTensors.From<long>(classes, indices.Length));
    }
}
