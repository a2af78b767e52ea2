using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers.Tests;

public class CutoffTimeTests
{
    private readonly CutoffTime _policy = new();

    [Theory]
    [InlineData(0, 0, "until")]
    [InlineData(59.999, 9, "until")]
    [InlineData(60, 0, "retry")]
    [InlineData(60, 1, "retry")]
    [InlineData(60, 2, "close")]
    [InlineData(60, 9, "close")]
    [InlineData(6000, 1, "retry")]
    [InlineData(6000, 2, "close")]
    public void Decide_SixtySecondsAndAtLeastTwo(double elapsed, int complete, string decision) => Assert.Equal(
        Named(decision),
        _policy.Decide(
            Given.Choice("cutoff_time", ("straggler_cutoff_time", 60), ("minimum_reporting", 2)),
            new(10, complete, TimeSpan.FromSeconds(elapsed))));

    [Fact]
    public void Decide_WithoutSettings_Waits() => Assert.Equal(
        RoundDecision.Wait, _policy.Decide(PolicyChoice.Named("cutoff_time"), new(10, 9, TimeSpan.FromDays(99))));

    [Fact]
    public void Decide_WithoutMinimum_NeedsOne()
    {
        var choice = Given.Choice("cutoff_time", ("straggler_cutoff_time", 1));
        Assert.Equal(RoundDecision.Retry, _policy.Decide(choice, new(10, 0, TimeSpan.FromSeconds(1))));
        Assert.Equal(RoundDecision.CloseNow, _policy.Decide(choice, new(10, 1, TimeSpan.FromSeconds(1))));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(1e12)]
    public void Decide_ACutoffBeyondAllTime_Waits(double seconds) => Assert.Equal(
        RoundDecision.Wait,
        _policy.Decide(Given.Choice("cutoff_time", ("straggler_cutoff_time", seconds)), new(10, 9, TimeSpan.FromDays(99))));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Decide_NoTimeAtAll_ClosesWithTheMinimum(double seconds) => Assert.Equal(
        RoundDecision.CloseNow, _policy.Decide(Given.Choice("cutoff_time", ("straggler_cutoff_time", seconds)), new(10, 1, TimeSpan.Zero)));

    private static RoundDecision Named(string decision) => decision switch
    {
        "until" => RoundDecision.WaitUntil(TimeSpan.FromSeconds(60)),
        "close" => RoundDecision.CloseNow,
        _ => RoundDecision.Retry,
    };
}
