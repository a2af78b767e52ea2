namespace Actors.CollaboratorHost.Gateway;

/// <summary>Remembers the last reason told, so that the same one is not told again. Safe for use by several threads at once.</summary>
internal sealed class ReasonChange
{
    private string? _last;

    /// <summary>Whether the reason is another than the last one.</summary>
    public bool IsNew(string reason) => Interlocked.Exchange(ref _last, reason) != reason;

    /// <summary>Forgets the last reason; whether there was one.</summary>
    public bool Clear() => Interlocked.Exchange(ref _last, null) is not null;
}
