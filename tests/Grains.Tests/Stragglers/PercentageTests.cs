using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers.Tests;

public class PercentageTests
{
    private readonly Percentage _policy = new();

    // 0.7 * 10 is 7.000000000000001 or 6.999999999999999 by some roads, 0.29 * 100 is 28.999999999999996, 0.07 * 100 is 7.000000000000001.
    [Theory]
    [InlineData(0.7, 10, 6, false)]
    [InlineData(0.7, 10, 7, true)]
    [InlineData(0.29, 100, 28, false)]
    [InlineData(0.29, 100, 29, true)]
    [InlineData(0.07, 100, 6, false)]
    [InlineData(0.07, 100, 7, true)]
    [InlineData(0.5, 3, 1, false)]
    [InlineData(0.5, 3, 2, true)]
    [InlineData(1.0, 3, 2, false)]
    [InlineData(1.0, 3, 3, true)]
    [InlineData(0.1, 3, 0, false)]
    [InlineData(0.1, 3, 1, true)]
    [InlineData(0.0, 3, 0, false)]
    public void Decide_CountsWhoIsNeeded(double percent, int assigned, int complete, bool closes) => Assert.Equal(
        closes ? RoundDecision.CloseNow : RoundDecision.Wait,
        _policy.Decide(Given.Choice("percentage", ("percent_collaborators_needed", percent)), new(assigned, complete, TimeSpan.Zero)));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Decide_NoFewerThanTheMinimum(int complete, bool closes) => Assert.Equal(
        closes,
        _policy.Decide(
            Given.Choice("percentage", ("percent_collaborators_needed", 0.2), ("minimum_reporting", 5)), new(10, complete, TimeSpan.Zero)).Close);

    [Fact]
    public void Decide_WithoutSettings_NeedsAll() => Assert.Equal(
        RoundDecision.Wait, _policy.Decide(PolicyChoice.Named("percentage"), new(10, 9, TimeSpan.FromDays(99))));
}
