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
        Assert.Equal(new Presence(false, false, null, 0, false), _lease.Presence);
        Assert.False(_lease.RanOut());
    }

    [Fact]
    public void Presence_WithoutAnyCallForALease_IsLostAndNoLoss()
    {
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(new Presence(false, true, null, 0, false), _lease.Presence);
        Assert.False(_lease.RanOut());
    }

    [Fact]
    public void Renew_TheFirstTime_IsAnArrival()
    {
        Assert.True(_lease.Renew());
        Assert.False(_lease.Renew());
        Assert.Equal(new Presence(true, false, Given.Start, 0, false), _lease.Presence);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Presence_LastsAsLongAsTheLease(int seconds, bool present)
    {
        _lease.Renew();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(!present, _lease.RanOut());
        Assert.Equal(new Presence(present, !present, Given.Start, present ? 0 : 1, false), _lease.Presence);
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
    public void Renew_AfterALossThatNobodySaw_CountsIt()
    {
        _lease.Renew();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_lease.Renew());
        Assert.Equal(1, _lease.Presence.Losses);
        Assert.False(_lease.RanOut());
    }

    [Fact]
    public void Presence_AfterThreeLossesInAShortTime_IsFlapping_AndNotForEver()
    {
        for (var loss = 1; loss <= 3; loss++)
        {
            Assert.False(_lease.Presence.IsFlapping);
            _lease.Renew();
            _clock.Advance(TimeSpan.FromMinutes(2));
            Assert.True(_lease.RanOut());
        }

        Assert.True(_lease.Presence.IsFlapping);
        _clock.Advance(TimeSpan.FromHours(1));
        _lease.Renew();
        Assert.Equal((false, 3), (_lease.Presence.IsFlapping, _lease.Presence.Losses));
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
