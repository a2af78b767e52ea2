using Actors.Learning;
using Actors.Learning.Splitting;
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
    /// <param name="split">How the training images are cut into shards: a name from <see cref="Splitters"/>. The validation images follow, class by class.</param>
    /// <param name="alpha">Of <c>dirichlet</c>: the smaller, the fewer classes a shard has.</param>
    /// <param name="sigma">Of <c>log_normal</c>: the larger, the more uneven the shards' sizes.</param>
    /// <param name="splitSeed">What random shards are drawn from; the same for all collaborators.</param>
    public FashionMnistLoader(
        string dataPath,
        int collaboratorCount = 2,
        string? folder = null,
        string split = "equal",
        double alpha = 0.5,
        double sigma = 1,
        long splitSeed = 0)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var files = new FashionMnistFiles(http, folder, FashionMnistFiles.UserCache());
        var own = Shards.Parse(dataPath, collaboratorCount) - 1;
        var (train, validation) = (LabelsOf(files, "train"), LabelsOf(files, "t10k"));
        var shards = Splitters.Find(split).Split(train, new(collaboratorCount, splitSeed, alpha, sigma));
        Train = ToSamples(files, "train", train, shards[own]);
        Validation = ToSamples(files, "t10k", validation, Following.Split(validation, shards, train)[own]);
    }

    private static long[] LabelsOf(FashionMnistFiles files, string part) =>
        Array.ConvertAll(IdxFile.Read(files.Find($"{part}-labels-idx1-ubyte.gz")).Values, label => (long)label);

    private static Samples ToSamples(FashionMnistFiles files, string part, long[] labels, int[] shard)
    {
        var images = IdxFile.Read(files.Find($"{part}-images-idx3-ubyte.gz"));
        var (height, width) = (images.Axes[1], images.Axes[2]);
        var pixels = new byte[shard.Length * height * width];
        foreach (var (place, index) in shard.Index())
        {
            images.Values.AsSpan(index * height * width, height * width).CopyTo(pixels.AsSpan(place * height * width));
        }

        long[] classes = [.. shard.Select(index => labels[index])];
        return new(
            SpanTensors.From<byte>(pixels, shard.Length, 1, height, width),
            SpanTensors.From<long>(classes, shard.Length));
    }
}
