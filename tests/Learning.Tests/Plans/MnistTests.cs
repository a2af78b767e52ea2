using System.Buffers.Binary;

using src.dataloader;
using src.taskrunner;

namespace Actors.Learning.Plans.Tests;

/// <summary>The template that shares its network with PyTorch.</summary>
public sealed class MnistTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mnist-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Model_HasTheTensorsOfThePyTorchNetwork()
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            Write($"{part}-images-idx3-ubyte", 4, 28, 28);
            Write($"{part}-labels-idx1-ubyte", 4);
        }

        using var loader = new PyTorchMNISTInMemory("1", 2, folder: _folder);
        using var runner = new PyTorchCNN(loader);

        Assert.Equal(
            [
                "conv1.weight Float32[20, 1, 2, 2]", "conv1.bias Float32[20]", "conv2.weight Float32[50, 20, 5, 5]", "conv2.bias Float32[50]",
                "fc1.weight Float32[500, 800]", "fc1.bias Float32[500]", "fc2.weight Float32[10, 500]", "fc2.bias Float32[10]",
            ],
            runner.Model.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal((2, 2), (loader.TrainSampleCount, loader.ValidationSampleCount));
    }

    [Fact]
    public void Loader_WithoutItsFiles_NamesTheOneThatIsMissing() =>
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<FileNotFoundException>(() => new PyTorchMNISTInMemory("1", 2, folder: _folder)).Message, StringComparison.Ordinal);

    private void Write(string name, params int[] axes)
    {
        var bytes = new byte[4 + (4 * axes.Length) + axes.Aggregate(1, (product, axis) => product * axis)];
        (bytes[2], bytes[3]) = (8, (byte)axes.Length);
        for (var i = 0; i < axes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), axes[i]);
        }

        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
    }
}
