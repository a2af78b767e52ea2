using System.Runtime.InteropServices;

using FsCheck.Xunit;

namespace Actors.Contracts.Tensors.Tests;

public class ElementBlocksTests
{
    private const double Tiny8 = 1.0 / (1 << 8);
    private const double Tiny20 = 1.0 / (1 << 20);
    private const double Tiny40 = Tiny20 * Tiny20;

    [Property]
    public bool Float32_ThereAndBack_IsTheSame(float[] values) => Survives(ElementType.Float32, values);

    [Property]
    public bool Float64_ThereAndBack_IsTheSame(double[] values) => Survives(ElementType.Float64, values);

    [Property]
    public bool Int8_ThereAndBack_IsTheSame(sbyte[] values) => Survives(ElementType.Int8, values);

    [Property]
    public bool Int16_ThereAndBack_IsTheSame(short[] values) => Survives(ElementType.Int16, values);

    [Property]
    public bool Int32_ThereAndBack_IsTheSame(int[] values) => Survives(ElementType.Int32, values);

    [Property]
    public bool Int64_Within53Bits_ThereAndBack_IsTheSame(long[] values) =>
        Survives(ElementType.Int64, values.Select(value => value % (1L << 53)).ToArray());

    [Property]
    public bool UInt8_ThereAndBack_IsTheSame(byte[] values) => Survives(ElementType.UInt8, values);

    [Property]
    public bool Boolean_ThereAndBack_IsTheSame(bool[] values) => Survives(ElementType.Boolean, values);

    [Theory]
    [InlineData(ElementType.Float16, 0x7C00)]
    [InlineData(ElementType.BFloat16, 0x7F80)]
    public void SixteenBits_EveryValueThatIsNoNaN_ThereAndBack_IsTheSame(ElementType type, int exponent) => Assert.True(Survives(
        type, Enumerable.Range(0, 1 << 16).Where(bits => (bits & 0x7FFF) <= exponent).Select(bits => (ushort)bits).ToArray()));

    // The upper half of 1.0f is 0x3F80; its last place is 2^-7.
    [Theory]
    [InlineData(1 + Tiny8, 0x3F80, "a tie goes to the even one below")]
    [InlineData(1 + (3 * Tiny8), 0x3F82, "a tie goes to the even one above")]
    [InlineData(1 + Tiny8 + Tiny20, 0x3F81, "over the tie goes up")]
    [InlineData(1 + Tiny8 + Tiny40, 0x3F81, "over the tie by less than a float32 can tell goes up")]
    [InlineData(1 + (3 * Tiny8) - Tiny40, 0x3F81, "under the tie by less than a float32 can tell goes down")]
    [InlineData(-1 - Tiny8, 0xBF80, "the sign does not matter")]
    [InlineData(3.4e38, 0x7F80, "beyond the largest is infinite")]
    public void BFloat16_IsTheNearest_TiesToEven(double value, int bits, string why) => Assert.True(Narrow<ushort>(ElementType.BFloat16, value) == bits, why);

    [Fact]
    public void BFloat16_OfNaN_IsNaN() =>
        Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle((uint)Narrow<ushort>(ElementType.BFloat16, double.NaN) << 16)));

    [Theory]
    [InlineData(2.5, 2)]
    [InlineData(3.5, 4)]
    [InlineData(-2.5, -2)]
    [InlineData(2.51, 3)]
    [InlineData(1e300, long.MaxValue)]
    [InlineData(-1e300, long.MinValue)]
    public void Int64_OfAMean_IsTheNearest_TiesToEven(double mean, long value) => Assert.Equal(value, Narrow<long>(ElementType.Int64, mean));

    [Theory]
    [InlineData(ElementType.Int8, 300, 127)]
    [InlineData(ElementType.UInt8, -1, 0)]
    [InlineData(ElementType.UInt8, 254.5, 254)]
    [InlineData(ElementType.Boolean, 0.5, 1)]
    [InlineData(ElementType.Boolean, 0.49, 0)]
    public void OneByte_OfAMean_IsTheNearestThatFits(ElementType type, double mean, byte value) => Assert.Equal(value, Narrow<byte>(type, mean));

    [Fact]
    public void AnUnknownType_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ElementBlocks.ToDouble(0, [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElementBlocks.FromDouble(0, [], []));
    }

    private static bool Survives<T>(ElementType type, T[] values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var widened = new double[values.Length];
        ElementBlocks.ToDouble(type, bytes, widened);
        var back = new byte[bytes.Length];
        ElementBlocks.FromDouble(type, widened, back);
        return bytes.SequenceEqual(back);
    }

    private static T Narrow<T>(ElementType type, double value)
        where T : unmanaged
    {
        var bytes = new byte[type.SizeInBytes()];
        ElementBlocks.FromDouble(type, [value], bytes);
        return MemoryMarshal.Read<T>(bytes);
    }
}
