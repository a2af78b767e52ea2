using Actors.Contracts.Tensors;

using Google.Protobuf;

namespace Actors.Contracts.Tensors.Tests;

public class ModelManifestTests
{
    private static readonly ModelManifest Net = new(
    [
        new("conv.weight", ElementType.Float32, new(3)),
        new("steps", ElementType.Int64, new([])),
        new("mask", ElementType.Boolean, new(2, 2)),
        new("empty", ElementType.Float64, new(0)),
        new("bias", ElementType.Float16, new(1)),
    ]);

    [Fact]
    public void Offsets_AreMultiplesOf8AndFollowEachOther()
    {
        Assert.Equal([0, 16, 24, 32, 32], Enumerable.Range(0, 5).Select(Net.OffsetOf));
        Assert.Equal(40, Net.ByteLength);
        Assert.Equal(3 + 1 + 4 + 0 + 1, Net.ParameterCount);
    }

    [Fact]
    public void FromBytes_OfToBytes_HasTheSameTensorsAndHash()
    {
        var read = ModelManifest.FromBytes(Net.ToBytes());
        Assert.Equal(Net.Tensors, read.Tensors);
        Assert.Equal(Net.Hash, read.Hash);
        Assert.Null(read.FirstDifferenceFrom(Net));
    }

    [Fact]
    public void Hash_ChangesWithNameTypeShapeAndOrder()
    {
        var weight = new TensorSpec("w", ElementType.Float32, new(2, 3));
        var bias = new TensorSpec("b", ElementType.Float32, new(3));
        ModelManifest[] others =
        [
            new([weight, bias]),
            new([bias, weight]),
            new([weight with { Name = "v" }, bias]),
            new([weight with { Type = ElementType.Int32 }, bias]),
            new([weight with { Shape = new(3, 2) }, bias]),
        ];
        Assert.Equal(others.Length, others.DistinctBy(manifest => manifest.Hash).Count());
    }

    [Fact]
    public void FirstDifferenceFrom_NamesTheTensorAndBothSides()
    {
        var two = new ModelManifest([new("w", ElementType.Float32, new(2)), new("b", ElementType.Float32, new(1))]);
        var one = new ModelManifest([new("w", ElementType.Float32, new(2))]);
        var other = new ModelManifest([new("w", ElementType.Float64, new(2))]);
        Assert.Equal("tensor 0 is w Float64[2], expected w Float32[2]", other.FirstDifferenceFrom(one));
        Assert.Equal("tensor 1 is b Float32[1], expected no further tensor", two.FirstDifferenceFrom(one));
        Assert.Equal("tensor 1 is missing, expected b Float32[1]", one.FirstDifferenceFrom(two));
    }

    [Fact]
    public void NoTensor_OrOneNameTwice_IsRefused()
    {
        var tensor = new TensorSpec("w", ElementType.Float32, new(2));
        Assert.Throws<ArgumentException>(() => new ModelManifest([]));
        var twice = Assert.Throws<ArgumentException>(() => new ModelManifest([tensor, tensor]));
        Assert.Contains("Two tensors are called 'w'", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromMessage_BadTensor_IsRefusedByName()
    {
        var unknown = new Wire.Manifest { Tensors = { new Wire.TensorSpec { Name = "w", ElementType = 99 } } };
        var negative = new Wire.Manifest { Tensors = { new Wire.TensorSpec { Name = "w", ElementType = 1, Axes = { -1 } } } };
        var huge = new Wire.Manifest { Tensors = { new Wire.TensorSpec { Name = "w", ElementType = 1, Axes = { long.MaxValue, 3 } } } };
        Assert.Contains("'w'", Assert.Throws<FormatException>(() => ModelManifest.FromMessage(unknown)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ModelManifest.FromMessage(negative));
        Assert.Throws<FormatException>(() => ModelManifest.FromMessage(huge));
        Assert.Throws<FormatException>(() => ModelManifest.FromBytes([0xff, 0xff]));
        Assert.Throws<FormatException>(() => ModelManifest.FromBytes(new Wire.Manifest().ToByteArray()));
    }
}
