using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Actors.Contracts.OpenFl.Tests;

public sealed class IndexedValuesTests
{
    private static readonly PackingRecord Shape = new(new Dictionary<int, float>(), [2, 2]);
    private static readonly PackingRecord Table = new(new Dictionary<int, float> { [0] = 0, [1] = 0.1F, [2] = 2 }, []);

    [Fact]
    public void Unpack_ReplacesEachIndexOnce()
    {
        var values = new float[4];

        // The value 2 is an index, too: what is replaced is not looked up again.
        new IndexedValues("stc").Unpack([Shape, Table, new PackingRecord(new Dictionary<int, float>(), [])], Packed(2, 0, 1, 2), values);

        Assert.Equal([2, 0, 0.1F, 2], values);
    }

    [Theory]
    [InlineData(new float[] { 0, 1, 2 })]
    [InlineData(new float[] { 0, 1, 2, 0, 0 })]
    [InlineData(new float[] { 0, 1, 2, 3 })]
    [InlineData(new float[] { 0, 1, 2, -1 })]
    [InlineData(new float[] { 0, 1, 2, 0.5F })]
    [InlineData(new float[] { 0, 1, 2, float.NaN })]
    public void Unpack_WhatDoesNotFit_IsRefused(float[] indices) => Assert.Throws<InvalidDataException>(() =>
        new IndexedValues("kc").Unpack([Shape, Table], Packed(indices), new float[4]));

    [Fact]
    public void Unpack_WithoutTable_GivesTheNumbersThemselves()
    {
        var values = new float[4];

        new IndexedValues("kc").Unpack([Shape], Packed(0.5F, 7, -1, 0), values);

        Assert.Equal([0.5F, 7, -1, 0], values);
    }

    [Fact]
    public void Unpack_NoGzip_IsRefused() => Assert.Throws<InvalidDataException>(() =>
        new IndexedValues("kc").Unpack([Shape, Table], [1, 2, 3], new float[4]));

    private static byte[] Packed(params float[] indices)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(MemoryMarshal.AsBytes<float>(indices));
        }

        return packed.ToArray();
    }
}
