namespace Actors.Grains.Tensors.Tests;

public class TensorCatalogueTests
{
    [Theory]
    [InlineData(1, new[] { 5 })]
    [InlineData(2, new[] { 4, 5 })]
    [InlineData(3, new[] { 3, 4, 5 })]
    [InlineData(99, new[] { 0, 1, 2, 3, 4, 5 })]
    public void Publish_KeepsTheLastRounds(int stored, int[] kept) => Assert.Equal(kept, RoundsOf(Published(6, stored, [])));

    [Theory]
    [InlineData(new[] { 0 }, new[] { 0, 4, 5 })]
    [InlineData(new[] { 4 }, new[] { 4, 5 })]
    [InlineData(new[] { 9 }, new[] { 4, 5 })]
    public void Publish_KeepsPinnedRounds(int[] pinned, int[] kept) => Assert.Equal(kept, RoundsOf(Published(6, 2, pinned)));

    [Fact]
    public void Publish_ANewBest_LetsTheOldBestGo()
    {
        var catalogue = Published(6, 2, [0]);
        Assert.Equal([4, 5, 6], RoundsOf(TensorCatalogue.Publish(catalogue, Entry(6), 3, [4])));
    }

    [Fact]
    public void Publish_TheSameRoundAgain_ChangesNothing()
    {
        var catalogue = Published(4, 2, []);
        Assert.Equal(catalogue.Published, TensorCatalogue.Publish(catalogue, Entry(3), 2, []).Published);
    }

    [Fact]
    public void Publish_AnEarlierRound_ByOneThatCameTooLate_ChangesNothing()
    {
        var catalogue = Published(4, 2, []);
        Assert.Equal(catalogue.Published, TensorCatalogue.Publish(catalogue, Entry(2), 2, []).Published);
    }

    private static IReadOnlyList<TensorBundle> BundlesOf(int round) => [Given.Model((ulong)round)];

    private static PublishedTensors Entry(int round) => new(round, BundlesOf(round));

    private static IEnumerable<int> RoundsOf(TensorCatalogueState catalogue) => catalogue.Published.Select(entry => entry.Round);

    private static TensorCatalogueState Published(int rounds, int stored, int[] pinned) => Enumerable.Range(0, rounds)
        .Aggregate(new TensorCatalogueState(), (catalogue, round) => TensorCatalogue.Publish(catalogue, Entry(round), stored, pinned));
}
