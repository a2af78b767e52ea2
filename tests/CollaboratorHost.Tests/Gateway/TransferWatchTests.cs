using Microsoft.Extensions.Time.Testing;

namespace Actors.CollaboratorHost.Gateway.Tests;

public sealed class TransferWatchTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void BytesThatMove_MayTakeAsLongAsTheyNeed()
    {
        using var watch = new TransferWatch(0, _clock, CancellationToken.None);

        for (var part = 0; part < 100; part++)
        {
            _clock.Advance(TimeSpan.FromSeconds(29));
            watch.Moved();
        }

        Assert.False(watch.HasStalled);
        Assert.False(watch.Token.IsCancellationRequested);
    }

    [Fact]
    public void NoByteForAWhile_EndsTheCall()
    {
        using var watch = new TransferWatch(0, _clock, CancellationToken.None);
        watch.Moved();

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(watch.HasStalled);
        Assert.True(watch.Token.IsCancellationRequested);
        Assert.Equal("No byte has moved for 30 s.", watch.Stalled.Status.Detail);
    }

    [Fact]
    public void LargeUpdate_TheAggregatorMayReadItFirst()
    {
        using var watch = new TransferWatch(10_000_000_000, _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(529));

        Assert.False(watch.HasStalled);
    }

    [Fact]
    public void CallerEndsTheCall_IsNoStall()
    {
        using var caller = new CancellationTokenSource();
        using var watch = new TransferWatch(0, _clock, caller.Token);

        caller.Cancel();

        Assert.True(watch.Token.IsCancellationRequested);
        Assert.False(watch.HasStalled);
    }
}
