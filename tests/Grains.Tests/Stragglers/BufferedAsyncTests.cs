using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers.Tests;

public class BufferedAsyncTests
{
    [Theory]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    public void Decide_ClosesWithAFullBuffer(int size, int results, bool closes) => Assert.Equal(
        closes, new BufferedAsync().Decide(Given.Choice("async", ("buffer_size", size)), new(2, results, TimeSpan.FromDays(9))).Close);

    // (1 + staleness)^-exponent: 4^-0.5 = 1/2, 4^-1 = 1/4.
    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(3, 0.5, 0.5)]
    [InlineData(3, 1, 0.25)]
    [InlineData(3, 0, 1)]
    public void Weight_FallsWithTheStaleness(int staleness, double exponent, double weight) =>
        Assert.Equal(weight, BufferedAsync.Weight(Given.Choice("async", ("staleness_exponent", exponent)), staleness), 12);

    [Fact]
    public void WithoutSettings_TenResultsOfAtMostTenVersionsAgo()
    {
        var choice = PolicyChoice.Named("async");
        Assert.Equal((10, 10), (new BufferedAsync().Needed(choice, 3), BufferedAsync.MaximumStaleness(choice)));
        Assert.False(new BufferedAsync().HasDeadline(choice));
    }
}
