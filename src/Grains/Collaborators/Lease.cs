namespace Actors.Grains.Collaborators;

/// <summary>A collaborator's presence: renewed by its calls, run out after a time without one. Kept in memory only.</summary>
internal sealed class Lease
{
    // So many losses within so many lease times are more than one interruption.
    private const int FlappingLosses = 3;
    private const int FlappingLeases = 30;

    private readonly TimeProvider _clock;
    private readonly TimeSpan _duration;
    private readonly DateTimeOffset _begun;
    private readonly Queue<DateTimeOffset> _recentLosses = [];
    private DateTimeOffset? _lastSeen;
    private bool _lossNoted;
    private int _losses;

    /// <summary>Begins with nobody there: the time to call runs from now.</summary>
    public Lease(TimeProvider clock, TimeSpan duration)
    {
        (_clock, _duration) = (clock, duration);
        _begun = clock.GetUtcNow();
    }

    /// <summary>Whether it is there, and since when.</summary>
    public Presence Presence => new(
        IsPresent, _clock.GetUtcNow() - (_lastSeen ?? _begun) >= _duration, _lastSeen, _losses, _recentLosses.Count >= FlappingLosses);

    private bool IsPresent => _lastSeen is { } seen && _clock.GetUtcNow() - seen < _duration;

    /// <summary>Notes a call. True when it is the first one, or the first after the lease had run out.</summary>
    public bool Renew()
    {
        _ = RanOut();
        var arrived = !IsPresent;
        _lastSeen = _clock.GetUtcNow();
        _lossNoted = false;
        return arrived;
    }

    /// <summary>True once for every time that the lease runs out.</summary>
    public bool RanOut()
    {
        while (_recentLosses.TryPeek(out var oldest) && _clock.GetUtcNow() - oldest > _duration * FlappingLeases)
        {
            _recentLosses.Dequeue();
        }

        if (_lastSeen is null || _lossNoted || IsPresent)
        {
            return false;
        }

        _lossNoted = true;
        _losses++;
        _recentLosses.Enqueue(_clock.GetUtcNow());
        return true;
    }
}
