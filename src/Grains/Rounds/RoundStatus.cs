using Actors.Contracts.Identity;

namespace Actors.Grains.Rounds;

/// <summary>How far a round is, for a person.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Assigned">How many collaborators have tasks.</param>
/// <param name="Complete">How many have reported all of theirs.</param>
/// <param name="Needed">With how many it closes at the earliest.</param>
/// <param name="Attempt">How often its deadline has passed with too few.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Deadline">When it may close without a further report; null when no deadline runs.</param>
/// <param name="Outstanding">Who has tasks left, in ordinal order.</param>
[GenerateSerializer, Immutable, Alias("round-status")]
public sealed record RoundStatus(
    [property: Id(0)] RoundPhase Phase,
    [property: Id(1)] int Assigned,
    [property: Id(2)] int Complete,
    [property: Id(3)] int Needed,
    [property: Id(4)] int Attempt,
    [property: Id(5)] DateTimeOffset OpenedAt,
    [property: Id(6)] DateTimeOffset? Deadline,
    [property: Id(7)] IReadOnlyList<CollaboratorName> Outstanding)
{
    /// <summary>The status of a round that nobody has opened or that is over.</summary>
    public static RoundStatus None { get; } = new(RoundPhase.None, 0, 0, 0, 0, default, null, []);
}
