using Actors.Contracts.Identity;

namespace Actors.Grains.Rounds;

/// <summary>
/// What is persisted of a round, until its experiment has its result. Who has reported is not: the collaborators' grains hold it.
/// What its tasks came to is not: from the same results they come to the same again.
/// </summary>
[GenerateSerializer, Immutable, Alias("round-state")]
public sealed record RoundState
{
    /// <summary>How far the round is.</summary>
    [Id(0)]
    public RoundPhase Phase { get; init; }

    /// <summary>The members when it was opened, in ordinal order: who joins later takes part from the next round.</summary>
    [Id(2)]
    public IReadOnlyList<CollaboratorName> Members { get; init; } = [];

    /// <summary>When the round was opened.</summary>
    [Id(3)]
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the first collaborator was given tasks: deadlines count from here. Null before, and where there is no deadline.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whose results count, in ordinal order; decided when the round starts closing.</summary>
    [Id(5)]
    public IReadOnlyList<CollaboratorName> Counted { get; init; } = [];

    /// <summary>How often its deadline has passed with too few. It never falls: who has tasks depends on it.</summary>
    [Id(7)]
    public int Attempt { get; init; }

    /// <summary>The attempt in which somebody last came back to a round that was stuck: patience counts from there.</summary>
    [Id(8)]
    public int PatienceFrom { get; init; }
}
