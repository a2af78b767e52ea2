namespace Actors.Contracts.OpenFl.Tests;

public sealed class IndexedPackingTests
{
    [Theory]
    [InlineData("kc", 2)]
    [InlineData("skc", 3)]
    [InlineData("stc", 3)]
    public void TryPack_IsReadAsItWas(string pipeline, int records)
    {
        float[] values = [0.5F, 0, -1, 0.5F, 0, 0];

        var packed = IndexedPacking.TryPack(pipeline, [2, 3], values)!.Value;

        Assert.Equal(records, packed.Records.Count);
        Assert.Equal([2, 3], packed.Records[0].IntList);
        Assert.Equal(0, packed.Records[^2].IntToFloat[0]);
        var read = new float[6];
        new IndexedValues(pipeline).Unpack(
            [.. packed.Records.Select(record => new PackingRecord(record.IntToFloat, record.IntList))], packed.Bytes, read);
        Assert.Equal(values, read);
    }

    [Fact]
    public void TryPack_ANumberThatTheOriginalWouldTakeForAnIndex_IsNotPacked() => Assert.Null(IndexedPacking.TryPack("kc", [3], [0, 1, 0.5F]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TryPack_WhatIsNoNumber_IsNotPacked(float value) => Assert.Null(IndexedPacking.TryPack("kc", [2], [0, value]));

    [Fact]
    public void TryPack_MoreThanATableHolds_IsNotPacked()
    {
        float[] values = [.. Enumerable.Range(0, 1025).Select(index => index + 0.5F)];

        Assert.Null(IndexedPacking.TryPack("kc", [1025], values));
        Assert.NotNull(IndexedPacking.TryPack("kc", [1024], values.AsSpan(0, 1024)));
    }
}
