namespace Actors.Silo.Hosting.Tests;

public class QuietTests
{
    private const long Much = Quiet.WorthBytes;

    private readonly Quiet _quiet = new();

    [Fact]
    public void WhileMuchIsAllocated_NothingIsCollected()
    {
        Assert.False(_quiet.IsTimeToCollect(Much));
        Assert.False(_quiet.IsTimeToCollect(2 * Much));
    }

    [Fact]
    public void OnceItIsQuiet_IsCollectedOnce()
    {
        _quiet.IsTimeToCollect(Much);

        Assert.True(_quiet.IsTimeToCollect(Much + 1000));
        Assert.False(_quiet.IsTimeToCollect(Much + 2000));
    }

    [Fact]
    public void WhenLittleWasAllocatedSince_ItIsNotWorthIt()
    {
        _quiet.IsTimeToCollect(Much);
        _quiet.IsTimeToCollect(Much);
        _quiet.IsTimeToCollect((2 * Much) - 1);

        Assert.False(_quiet.IsTimeToCollect((2 * Much) - 1));
    }

    [Fact]
    public void AfterTheNextCrowd_IsCollectedAgain()
    {
        _quiet.IsTimeToCollect(Much);
        _quiet.IsTimeToCollect(Much);
        _quiet.IsTimeToCollect(2 * Much);

        Assert.True(_quiet.IsTimeToCollect(2 * Much));
    }
}
