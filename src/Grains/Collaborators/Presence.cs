namespace Actors.Grains.Collaborators;

/// <summary>Whether a collaborator is there, as far as this aggregator process knows.</summary>
/// <param name="IsPresent">Its lease has not run out.</param>
/// <param name="IsLost">It has had a lease's time to call and did not. Neither present nor lost: the process has not run for that long.</param>
/// <param name="LastSeen">Its last call; null when there was none.</param>
/// <param name="Losses">How often its lease has run out.</param>
/// <param name="IsFlapping">It comes and goes: its lease has run out several times of late.</param>
[GenerateSerializer, Immutable, Alias("presence-of")]
public sealed record Presence(
    [property: Id(0)] bool IsPresent,
    [property: Id(2)] bool IsLost,
    [property: Id(1)] DateTimeOffset? LastSeen,
    [property: Id(3)] int Losses,
    [property: Id(4)] bool IsFlapping);
