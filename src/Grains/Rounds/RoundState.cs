using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Tasks;

namespace Actors.Grains.Rounds;

/// <summary>What is persisted of a round. Who has reported is not: the collaborators' grains hold it.</summary>
[GenerateSerializer, Immutable, Alias("round-state")]
public sealed record RoundState
{
    /// <summary>How far the round is.</summary>
    [Id(0)]
    public RoundPhase Phase { get; init; }

    /// <summary>The plan the round follows; null before it is opened.</summary>
    [Id(1)]
    public ExperimentPlan? Plan { get; init; }

    /// <summary>The members when it was opened, in ordinal order: who joins later takes part from the next round.</summary>
    [Id(2)]
    public IReadOnlyList<CollaboratorName> Members { get; init; } = [];

    /// <summary>When the round was opened.</summary>
    [Id(3)]
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the first collaborator was given tasks: deadlines count from here. Null before.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whose results count, in ordinal order; decided when the round starts closing.</summary>
    [Id(5)]
    public IReadOnlyList<CollaboratorName> Counted { get; init; } = [];

    /// <summary>What the tasks came to, as far as they are aggregated.</summary>
    [Id(6)]
    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];
}
