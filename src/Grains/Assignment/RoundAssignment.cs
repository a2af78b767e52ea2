using Actors.Contracts.Identity;

namespace Actors.Grains.Assignment;

/// <summary>Who does what in a round.</summary>
/// <param name="Tasks">The tasks of each member that has any, in the order they are run.</param>
/// <param name="Enough">When more were invited than are wanted: with how many complete ones the round has enough. Null to want all.</param>
public sealed record RoundAssignment(IReadOnlyDictionary<CollaboratorName, IReadOnlyList<string>> Tasks, int? Enough = null);
