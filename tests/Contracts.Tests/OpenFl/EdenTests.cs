using Actors.Contracts.Compression;

namespace Actors.Contracts.OpenFl.Tests;

public sealed class EdenTests
{
    [Theory]
    [InlineData(1, 16, "---++---+-++----")]
    [InlineData(12345, 20, "+-++++++-+++++-+--+-")]
    public void Signs_AreThoseOfTheOriginalsGenerator(int seed, int size, string expected)
    {
        var signs = new float[size];

        Eden.Signs((uint)seed, signs);

        Assert.Equal(expected, string.Concat(signs.Select(sign => sign > 0 ? '+' : '-')));
    }

    [Fact]
    public void Unpack_TwoBits_GivesTheOriginalsNumbers()
    {
        var values = new float[8];

        new Eden().Unpack([Record(7, 8, (5.255751F, 8))], Convert.FromHexString("4758"), values);

        AssertClose([2.379699F, 2.779341F, 2.379700F, 2.779339F, 2.779340F, 7.938380F, 7.538738F, 7.938378F], values);
    }

    [Fact]
    public void Unpack_FourBitsInTwoSlices_GivesTheOriginalsNumbers()
    {
        var values = new float[10];

        new Eden().Unpack([Record(99, 10, (1.527578F, 8), (0.992574F, 8))], Convert.FromHexString("48564656220c95a9"), values);

        AssertClose([.42248F, -1.02524F, 2.14533F, .21812F, .21812F, -.81912F, 1.41751F, 2.93424F, -2.49381F, .25488F], values);
    }

    [Fact]
    public void Unpack_SmallArray_IsPlain()
    {
        var values = new float[1];

        new Eden().Unpack([new PackingRecord(new Dictionary<int, float>(), [1])], BitConverter.GetBytes(2.5F), values);

        Assert.Equal(2.5F, values[0]);
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(7, 2)]
    [InlineData(0, 2)]
    public void Unpack_WhatDoesNotFit_IsRefused(float size, int bytes) => Assert.Throws<InvalidDataException>(() =>
        new Eden().Unpack([Record(7, 8, (1, size))], new byte[bytes], new float[8]));

    [Theory]
    [InlineData(1, 0.79788F)]
    [InlineData(2, 1.51042F)]
    [InlineData(3, 2.15195F)]
    [InlineData(4, 2.73259F)]
    [InlineData(7, 4.18969F)]
    [InlineData(8, 4.60354F)]
    public void Levels_HighestOne_IsMaxs(int bits, float expected)
    {
        var levels = LloydMax.Centroids(bits);

        Assert.Equal(1 << bits, levels.Length);
        Assert.Equal(expected, levels[^1], 1e-4F);
        Assert.Equal(levels.Order(), levels);
    }

    private static PackingRecord Record(float seed, float length, params (float Scale, float Size)[] slices)
    {
        var table = new Dictionary<int, float> { [0] = seed, [1] = length };
        for (var i = 0; i < slices.Length; i++)
        {
            (table[2 + (2 * i)], table[3 + (2 * i)]) = slices[i];
        }

        return new(table, [(int)length]);
    }

    private static void AssertClose(float[] expected, float[] values)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 1e-4F);
        }
    }
}
