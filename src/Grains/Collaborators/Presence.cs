namespace Actors.Grains.Collaborators;

/// <summary>Whether a collaborator is there.</summary>
/// <param name="IsPresent">Its lease has not run out.</param>
/// <param name="LastSeen">Its last call to this aggregator process; null when there was none.</param>
[GenerateSerializer, Immutable, Alias("presence-of")]
public sealed record Presence([property: Id(0)] bool IsPresent, [property: Id(1)] DateTimeOffset? LastSeen);
