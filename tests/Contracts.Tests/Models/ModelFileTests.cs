using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;

using FsCheck.Xunit;

using Google.Protobuf;

namespace Actors.Contracts.Models.Tests;

[Properties(Arbitrary = [typeof(TestModels)], MaxTest = 50)]
public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("model.pbuf");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_HasTheBytesTheOriginalWrites()
    {
        ModelFile.Write(Path, TestModels.Float32(("w", [2, 2], [1, 2, 3, 4])), round: 3);
        Assert.Equal(
            "0a26" + "0a0177" + "1003" + "1801" + "2a056d6f64656c" + "3204" + "12020202" + "3a10"
            + "0000803f000000400000404000008040",
            Convert.ToHexStringLower(File.ReadAllBytes(Path)));
    }

    [Property]
    public bool Read_OfWrite_HasTheSameManifestRoundAndBytes(MemoryTensorBytes model, ushort round)
    {
        ModelFile.Write(Path, model, round);
        using var read = ModelFile.Read(Path);
        return read.Round == round && read.Manifest.Hash == model.Manifest.Hash && read.All().AsSpan().SequenceEqual(model.All());
    }

    [Property]
    public bool Write_HasTheBytesOfTheGeneratedClasses(MemoryTensorBytes model, byte round)
    {
        ModelFile.Write(Path, model, round);
        var bytes = File.ReadAllBytes(Path);
        var parsed = ModelProto.Parser.ParseFrom(bytes);
        return parsed.ToByteArray().AsSpan().SequenceEqual(bytes)
            && parsed.Tensors.Select(tensor => tensor.Name).SequenceEqual(model.Manifest.Tensors.Select(tensor => tensor.Name))
            && parsed.Tensors.All(tensor => tensor is { Lossless: true, Report: false, Tags: ["model"] } && tensor.RoundNumber == round);
    }

    [Property]
    public bool ReadOfARange_IsThatRangeOfTheBytes(MemoryTensorBytes model, ushort first, ushort second)
    {
        ModelFile.Write(Path, model, 0);
        using var read = ModelFile.Read(Path);
        var length = (int)model.Manifest.ByteLength;
        var (low, high) = (Math.Min(first, second) % (length + 1), Math.Max(first, second) % (length + 1));
        (low, high) = (Math.Min(low, high), Math.Max(low, high));
        var range = new byte[high - low];
        read.Read(low, range);
        return range.AsSpan().SequenceEqual(model.All().AsSpan(low, range.Length));
    }

    [Fact]
    public void Read_RangePastTheEnd_IsRefused()
    {
        ModelFile.Write(Path, TestModels.Float32(("w", [2], [1, 2])), 0);
        using var read = ModelFile.Read(Path);
        Assert.Throws<ArgumentOutOfRangeException>(() => read.Read(1, new byte[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => read.Read(-1, new byte[1]));
    }

    [Fact]
    public void Write_OtherElementTypes_GivesTheOriginalTheirFloat32()
    {
        Assert.Equal([1.5f, -2f], Rounded(TestModels.Of("w", ElementType.Float64, 1.5, -2.0)));
        Assert.Equal([0.5f, 65504f], Rounded(TestModels.Of("w", ElementType.Float16, (Half)0.5f, Half.MaxValue)));
        Assert.Equal([1f, -3f], Rounded(TestModels.Of<ushort>("w", ElementType.BFloat16, 0x3f80, 0xc040)));
        Assert.Equal([-1f, 127f], Rounded(TestModels.Of<sbyte>("w", ElementType.Int8, -1, 127)));
        Assert.Equal([-300f], Rounded(TestModels.Of<short>("w", ElementType.Int16, -300)));
        Assert.Equal([16777216f], Rounded(TestModels.Of("w", ElementType.Int32, 16777217)));
        Assert.Equal([5e9f], Rounded(TestModels.Of("w", ElementType.Int64, 5_000_000_000L)));
        Assert.Equal([255f], Rounded(TestModels.Of<byte>("w", ElementType.UInt8, 255)));
        Assert.Equal([1f, 0f], Rounded(TestModels.Of<byte>("w", ElementType.Boolean, 1, 0)));
    }

    [Fact]
    public void Write_OverAFile_ReplacesItAndLeavesNothingElse()
    {
        ModelFile.Write(Path, TestModels.Float32(("w", [2], [1, 2])), 0);
        ModelFile.Write(Path, TestModels.Float32(("v", [1], [3])), 1);
        using var read = ModelFile.Read(Path);
        Assert.Equal(["v"], read.Manifest.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_ThatFails_KeepsTheOldFileAndLeavesNothingElse()
    {
        ModelFile.Write(Path, TestModels.Float32(("w", [2], [1, 2])), 4);
        Assert.Throws<IOException>(() => ModelFile.Write(Path, new Unreadable(), 5));
        using var read = ModelFile.Read(Path);
        Assert.Equal(4, read.Round);
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_LargeModel_TakesABoundedBuffer()
    {
        var model = new Ramp(16 << 20);
        ModelFile.Write(Path, new Ramp(8), 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ModelFile.Write(Path, model, 0);
        using var read = ModelFile.Read(Path);
        var last = new byte[4];
        read.Read(model.Manifest.ByteLength - 4, last);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
        Assert.Equal((16 << 20) - 1, MemoryMarshal.Read<float>(last));
    }

    [Fact]
    public void Write_AxisTooLongForTheLayout_IsRefusedByName()
    {
        var refused = Assert.Throws<ModelFileException>(() => ModelFile.Write(Path, new Ramp(3_000_000_000), 0));
        Assert.Equal(
            $"{Path}, tensor 'ramp': an axis of the shape [3000000000] is longer than this layout can say; write a safetensors file instead.",
            refused.Message);
    }

    private float[] Rounded(MemoryTensorBytes model)
    {
        ModelFile.Write(Path, model, 0);
        var data = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path)).Tensors[0].DataBytes;
        return MemoryMarshal.Cast<byte, float>(data.Span).ToArray();
    }

    private sealed class Unreadable : ITensorBytes
    {
        public ModelManifest Manifest { get; } = new([new("w", ElementType.Float32, new(100_000))]);

        public void Read(long offset, Span<byte> destination)
        {
            if (offset > 0)
            {
                throw new IOException("The disk is gone.");
            }
        }
    }

    private sealed class Ramp(long length) : ITensorBytes
    {
        public ModelManifest Manifest { get; } = new([new("ramp", ElementType.Float32, new(length))]);

        public void Read(long offset, Span<byte> destination)
        {
            var values = MemoryMarshal.Cast<byte, float>(destination);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (offset / 4) + i;
            }
        }
    }
}
