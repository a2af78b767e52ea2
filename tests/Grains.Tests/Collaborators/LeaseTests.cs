using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Collaborators.Tests;

public class LeaseTests
{
    private readonly FakeTimeProvider _clock = new(Given.Start);
    private readonly Lease _lease;

    public LeaseTests() => _lease = new(_clock, TimeSpan.FromSeconds(60));

    [Fact]
    public void Presence_BeforeAnyCall_IsNone()
    {
        Assert.Equal(new Presence(false, null), _lease.Presence);
        Assert.False(_lease.RanOut());
    }

    [Fact]
    public void Renew_TheFirstTime_IsAnArrival()
    {
        Assert.True(_lease.Renew());
        Assert.False(_lease.Renew());
        Assert.Equal(new Presence(true, Given.Start), _lease.Presence);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Presence_LastsAsLongAsTheLease(int seconds, bool present)
    {
        _lease.Renew();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(new Presence(present, Given.Start), _lease.Presence);
        Assert.Equal(!present, _lease.RanOut());
    }

    [Fact]
    public void RanOut_IsSaidOncePerAbsence()
    {
        _lease.Renew();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([true, false], [_lease.RanOut(), _lease.RanOut()]);
        Assert.True(_lease.Renew());
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_lease.RanOut());
    }

    [Fact]
    public void Renew_InTime_MovesTheEnd()
    {
        _lease.Renew();
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_lease.Renew());
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_lease.RanOut());
    }
}
