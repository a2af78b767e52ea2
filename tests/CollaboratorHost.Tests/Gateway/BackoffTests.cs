using Microsoft.Extensions.Time.Testing;

namespace Actors.CollaboratorHost.Gateway.Tests;

public sealed class BackoffTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Next_AtTheTopOfTheDice_DoublesUpToTheCap()
    {
        var backoff = Backoff(() => 1);

        Assert.Equal([200, 400, 800, 1600, 3200, 6400, 10000, 10000], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalMilliseconds));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 50)]
    [InlineData(0.5, 100)]
    public void Next_IsAFractionOfTheCeiling(double dice, double milliseconds) =>
        Assert.Equal(milliseconds, Backoff(() => dice).Next().TotalMilliseconds);

    [Fact]
    public void Next_AfterVeryManyFailures_IsStillTheCap()
    {
        var backoff = Backoff(() => 1);

        var waits = Enumerable.Range(0, 5000).Select(_ => backoff.Next()).ToList();

        Assert.Equal(TimeSpan.FromSeconds(10), waits[^1]);
    }

    [Fact]
    public void Reset_BeginsAgain()
    {
        var backoff = Backoff(() => 1);
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(200, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public async Task Delay_EndsWhenTheClockHasMoved()
    {
        var delay = Backoff(() => 0.5).DelayAsync(CancellationToken.None);
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(100));

        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Delay_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var delay = Backoff(() => 0.5).DelayAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private Backoff Backoff(Func<double> dice) => new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(10), dice, _clock);
}
