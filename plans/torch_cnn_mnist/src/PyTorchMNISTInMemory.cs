using System.Buffers.Binary;
using System.IO.Compression;

using Actors.Learning;
using Actors.Learning.Torch;

namespace src.dataloader;

/// <summary>
/// MNIST: each collaborator takes its shard. Inputs have shape <c>[batch, 1, 28, 28]</c>, float32 from 0 to 255; targets
/// <c>[batch]</c>, int64 from 0 to 9.
/// </summary>
public sealed class PyTorchMNISTInMemory : TorchDataLoader
{
    /// <summary>Reads the shard.</summary>
    /// <param name="dataPath">The shard's number, from 1.</param>
    /// <param name="collaboratorCount">The number of shards.</param>
    /// <param name="dataGroupName">The name of the data; not used.</param>
    /// <param name="folder">Where the four IDX files are, as they are or with gzip. Default: where torchvision puts them.</param>
    public PyTorchMNISTInMemory(string dataPath, int collaboratorCount = 2, string dataGroupName = "mnist", string folder = "data/MNIST/raw")
    {
        _ = dataGroupName;
        var shard = Shards.Parse(dataPath, collaboratorCount);
        Train = Read(folder, "train", shard, collaboratorCount);
        Validation = Read(folder, "t10k", shard, collaboratorCount);
    }

    private static Samples Read(string folder, string part, int shard, int count)
    {
        var (imageAxes, images) = ReadIdx(Path.Combine(folder, $"{part}-images-idx3-ubyte"));
        var (labelAxes, labels) = ReadIdx(Path.Combine(folder, $"{part}-labels-idx1-ubyte"));
        var (height, width) = (imageAxes[1], imageAxes[2]);
        var indices = Shards.Of(shard, count, labelAxes[0]);
        var pixels = new byte[indices.Length * height * width];
        foreach (var (place, index) in indices.Index())
        {
            images.AsSpan(index * height * width, height * width).CopyTo(pixels.AsSpan(place * height * width));
        }

        var classes = indices.Select(index => (long)labels[index]).ToArray();
        return new(SpanTensors.From<byte>(pixels, indices.Length, 1, height, width), SpanTensors.From<long>(classes, indices.Length));
    }

    // Two zero bytes, the element type, the number of axes, the axes (big-endian), the elements.
    private static (int[] Axes, byte[] Values) ReadIdx(string path)
    {
        using var stream = Open(path);
        var header = new byte[4];
        stream.ReadExactly(header);
        var axes = new int[header[3]];
        foreach (ref var axis in axes.AsSpan())
        {
            stream.ReadExactly(header);
            axis = BinaryPrimitives.ReadInt32BigEndian(header);
        }

        var values = new byte[axes.Aggregate(1, (product, axis) => checked(product * axis))];
        stream.ReadExactly(values);
        return (axes, values);
    }

    private static Stream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path)
        : File.Exists(path + ".gz") ? new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress)
        : throw new FileNotFoundException($"{path} is missing, with and without .gz. Put the four files of MNIST there, or say data_loader.settings.folder in the plan.", path);
}
