namespace Actors.Silo.Hosting;

/// <summary>
/// Decides when a silo that has become quiet gives memory back: what thousands of collaborators leave behind when they have talked at once is
/// collected by nothing while they wait, since nothing is allocated then.
/// </summary>
internal sealed class Quiet
{
    /// <summary>How much must have been allocated since the last time to be worth it.</summary>
    public const long WorthBytes = 128L << 20;

    // A heartbeat now and then is quiet; a round is not.
    private const long QuietBytes = 4L << 20;

    private long _last;
    private long _collected;

    /// <summary>Looks once.</summary>
    /// <param name="allocatedBytes">What the process has allocated in its life.</param>
    /// <returns>Whether to collect now.</returns>
    public bool IsTimeToCollect(long allocatedBytes)
    {
        var since = allocatedBytes - _last;
        _last = allocatedBytes;
        if (since > QuietBytes || allocatedBytes - _collected < WorthBytes)
        {
            return false;
        }

        _collected = allocatedBytes;
        return true;
    }
}
