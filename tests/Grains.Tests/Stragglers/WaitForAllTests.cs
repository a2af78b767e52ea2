namespace Actors.Grains.Stragglers.Tests;

public class WaitForAllTests
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 9)]
    public void Decide_WhoeverIsMissing_Waits(int assigned, int complete) => Assert.Equal(
        RoundDecision.Wait, new WaitForAll().Decide(Given.Choice("wait_all"), new(assigned, complete, TimeSpan.FromDays(9))));
}
