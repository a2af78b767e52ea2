using FsCheck.Xunit;

namespace Actors.Grains.Assignment.Tests;

public class SeededShuffleTests
{
    private static readonly int[] Ten = [.. Enumerable.Range(0, 10)];

    // Computed by another program from the published SplitMix64: a runtime that shuffles otherwise breaks running experiments.
    [Theory]
    [InlineData(42, 0, new[] { 2, 3, 6, 4, 7, 9, 0, 8, 1, 5 })]
    [InlineData(42, 1, new[] { 6, 5, 2, 0, 4, 7, 8, 9, 3, 1 })]
    [InlineData(-1, 7, new[] { 3, 2, 9, 1, 8, 4, 6, 0, 5, 7 })]
    public void Of_ASeed_IsAlwaysThisOrder(long seed, int stream, int[] order) => Assert.Equal(order, SeededShuffle.Of(Ten, seed, stream));

    [Property]
    public bool Of_AnySeed_IsAPermutation(long seed, byte stream, int[] items) =>
        SeededShuffle.Of(items, seed, stream).Order().SequenceEqual(items.Order());

    [Fact]
    public void Of_LeavesItsItemsAlone()
    {
        var items = Ten.ToArray();
        SeededShuffle.Of(items, 1, 1);
        Assert.Equal(Ten, items);
    }

    [Fact]
    public void Of_ManyStreams_PutsEveryItemInEveryPlaceEquallyOften()
    {
        const int Shuffles = 12_000;
        var counts = new int[6, 6];
        for (var stream = 0; stream < Shuffles; stream++)
        {
            var order = SeededShuffle.Of([0, 1, 2, 3, 4, 5], seed: 2026, stream);
            for (var place = 0; place < 6; place++)
            {
                counts[place, order[place]]++;
            }
        }

        // 2000 expected, 41 the standard deviation: five of them.
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 1796, 2204));
    }

    [Fact]
    public void Of_ManySeeds_GivesEveryOrderEquallyOften()
    {
        var orders = Enumerable.Range(0, 6000)
            .Select(seed => string.Concat(SeededShuffle.Of(["a", "b", "c"], seed, stream: 3)))
            .CountBy(order => order)
            .ToList();
        Assert.Equal(6, orders.Count);
        Assert.All(orders, order => Assert.InRange(order.Value, 855, 1145));
    }
}
