using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models.Tests;

public sealed class TensorBytesTests : IDisposable
{
    private static readonly ModelManifest Manifest = new([new("w", ElementType.UInt8, new(16))]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileAndMemory_ReadTheSameRanges()
    {
        byte[] bytes = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];
        var path = _folder.At("tensors");
        File.WriteAllBytes(path, bytes);
        using var file = new FileTensorBytes(path, Manifest);
        foreach (var source in new ITensorBytes[] { file, new MemoryTensorBytes(Manifest, bytes) })
        {
            var range = new byte[5];
            source.Read(11, range);
            Assert.Equal([11, 12, 13, 14, 15], range);
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(12, range));
        }
    }

    [Fact]
    public void WrongLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new MemoryTensorBytes(Manifest, new byte[15]));
        var path = _folder.Write("tensors", "short");
        var refused = Assert.Throws<ModelFileException>(() => new FileTensorBytes(path, Manifest));
        Assert.Equal($"{path}: the file has 5 bytes, its manifest says 16; copy the file again.", refused.Message);
    }
}
