using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Grains.Aggregation.Tests;

namespace Actors.Grains.Intake.Tests;

public class FiniteCheckTests
{
    public static TheoryData<ElementType, double> NonFinite { get; } = new MatrixTheoryData<ElementType, double>(
        [ElementType.Float16, ElementType.BFloat16, ElementType.Float32, ElementType.Float64],
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    // 262,144 bytes are read at once: the last element of the first block and the first of the second are among these.
    [Theory]
    [MemberData(nameof(NonFinite))]
    public void FirstNonFinite_AtEveryEnd_IsNamed(ElementType type, double value)
    {
        var block = (1 << 18) / type.SizeInBytes();
        var manifest = new ModelManifest([new("ok", type, new(3)), new("w", type, new(block + 5))]);
        foreach (var index in new[] { 0, 1, block - 1, block, block + 4 })
        {
            var values = new double[block + 5];
            values[index] = value;
            values[^1] = index == block + 4 ? value : double.NaN;
            Assert.Equal(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"w[{index}] = {value}"),
                Find(manifest, ModelBytes.Of(manifest, [1, 2, 3], values)));
        }
    }

    [Theory]
    [InlineData(ElementType.Float16, 65504)]
    [InlineData(ElementType.BFloat16, 3.3895313892515355e38)]
    [InlineData(ElementType.Float32, float.MaxValue)]
    [InlineData(ElementType.Float64, double.MaxValue)]
    public void FirstNonFinite_OfTheLargestNumbers_IsNone(ElementType type, double largest)
    {
        var manifest = new ModelManifest([new("w", type, new(4))]);
        Assert.Null(Find(manifest, ModelBytes.Of(manifest, [largest, -largest, 0, -0.0])));
    }

    [Fact]
    public void FirstNonFinite_InIntegers_IsNotLookedFor()
    {
        var manifest = new ModelManifest([new("steps", ElementType.Int64, new(2)), new("mask", ElementType.UInt8, new(8))]);
        var bytes = Enumerable.Repeat((byte)0xFF, (int)manifest.ByteLength).ToArray();
        Assert.Null(Find(manifest, bytes));
    }

    [Fact]
    public void FirstNonFinite_InPadding_IsNotLookedFor()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(1))]);
        Assert.Null(Find(manifest, MemoryMarshal.AsBytes<float>([1, float.NaN]).ToArray()));
    }

    private static string? Find(ModelManifest manifest, byte[] bytes)
    {
        using var reader = new MemoryReader(bytes);
        return FiniteCheck.FirstNonFinite(reader, manifest);
    }
}
