namespace Actors.Grains.Collaborators;

/// <summary>A collaborator's presence: renewed by its calls, run out after a time without one. Kept in memory only.</summary>
internal sealed class Lease(TimeProvider clock, TimeSpan duration)
{
    private DateTimeOffset? _lastSeen;
    private bool _announced;

    /// <summary>Whether it is there, and since when.</summary>
    public Presence Presence => new(IsPresent, _lastSeen);

    private bool IsPresent => _lastSeen is { } seen && clock.GetUtcNow() - seen < duration;

    /// <summary>Notes a call. True when it is the first one, or the first after the lease had run out.</summary>
    public bool Renew()
    {
        var arrived = !IsPresent;
        _lastSeen = clock.GetUtcNow();
        _announced = true;
        return arrived;
    }

    /// <summary>True once for every time that the lease runs out.</summary>
    public bool RanOut()
    {
        var ranOut = _announced && !IsPresent;
        _announced &= !ranOut;
        return ranOut;
    }
}
