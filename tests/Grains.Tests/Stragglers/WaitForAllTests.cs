namespace Actors.Grains.Stragglers.Tests;

public class WaitForAllTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    public void Needed_IsEverybody_AndAtLeastOne(int assigned, int needed) =>
        Assert.Equal(needed, new WaitForAll().Needed(Given.Choice("wait_all"), assigned));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 9)]
    public void Decide_WhoeverIsMissing_Waits(int assigned, int complete) => Assert.Equal(
        RoundDecision.Wait, new WaitForAll().Decide(Given.Choice("wait_all"), new(assigned, complete, TimeSpan.FromDays(9))));
}
