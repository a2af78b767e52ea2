namespace Actors.Grains.Stragglers.Tests;

public class AdaptiveTests
{
    private readonly Adaptive _policy = new();

    // Arrivals 10, 12, 14, 16, 40: median 14, absolute deviations 4, 2, 0, 2, 26, so MAD 2; 14 + 3 * 1.4826 * 2 = 22.8956.
    [Theory]
    [InlineData(3, 22.8956)]
    [InlineData(1, 16.9652)]
    [InlineData(0, 14)]
    public void Decide_WithFiveOfTenArrived_WaitsForMedianAndDeviations(double deviations, double seconds) => AssertUntil(
        seconds, Decide(0, [10, 12, 14, 16, 40], ("deviations", deviations)));

    [Fact]
    public void Decide_AfterThatTime_Closes() => Assert.Equal(RoundDecision.CloseNow, Decide(23, [10, 12, 14, 16, 40]));

    [Fact]
    public void Decide_WithAnEvenNumber_TakesTheMiddleOfTheTwo() => AssertUntil(
        13 + (3 * 1.4826 * 3), Decide(0, [10, 12, 14, 16, 10, 16], ("deviations", 3)));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(5, 22.8956)]
    public void Decide_NoEarlierThanTheFloor(double floor, double seconds) => AssertUntil(
        seconds, Decide(0, [10, 12, 14, 16, 40], ("floor_seconds", floor)));

    [Theory]
    [InlineData(20, 20)]
    [InlineData(100, 22.8956)]
    public void Decide_NoLaterThanTheCeiling(double ceiling, double seconds) => AssertUntil(
        seconds, Decide(0, [10, 12, 14, 16, 40], ("ceiling_seconds", ceiling)));

    [Fact]
    public void Decide_BeforeHalfHasArrived_WaitsForTheCeiling()
    {
        Assert.Equal(RoundDecision.Wait, Decide(999, [10, 12, 14, 16]));
        AssertUntil(60, Decide(59, [10, 12, 14, 16], ("ceiling_seconds", 60)));
        Assert.Equal(RoundDecision.CloseNow, Decide(60, [10, 12, 14, 16], ("ceiling_seconds", 60)));
    }

    [Fact]
    public void Decide_BelowTheMinimum_TriesAgainAtTheCeiling()
    {
        AssertUntil(60, Decide(59, [1, 1, 1, 1, 1], ("ceiling_seconds", 60), ("minimum_reporting", 6)));
        Assert.Equal(RoundDecision.Retry, Decide(60, [1, 1, 1, 1, 1], ("ceiling_seconds", 60), ("minimum_reporting", 6)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Needed_IsTheMinimum(int minimum) => Assert.Equal(minimum, _policy.Needed(Given.Choice("adaptive", ("minimum_reporting", minimum)), 10));

    private static void AssertUntil(double seconds, RoundDecision decision)
    {
        Assert.Equal(RoundStep.Wait, decision.Step);
        Assert.Equal(seconds, decision.AskAgainAfter!.Value.TotalSeconds, 4);
    }

    private RoundDecision Decide(double elapsed, double[] arrivals, params (string Key, double Value)[] settings) => _policy.Decide(
        Given.Choice("adaptive", settings),
        new(10, arrivals.Length, TimeSpan.FromSeconds(elapsed), [.. arrivals.Select(TimeSpan.FromSeconds)]));
}
