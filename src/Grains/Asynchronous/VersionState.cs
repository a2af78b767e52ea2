using Actors.Contracts.Identity;
using Actors.Grains.Rounds;

namespace Actors.Grains.Asynchronous;

/// <summary>What is persisted of a version, until its experiment has the next. The contributions are not: the contributors hold them.</summary>
[GenerateSerializer, Immutable, Alias("version-state")]
public sealed record VersionState
{
    /// <summary>How far it is.</summary>
    [Id(0)]
    public RoundPhase Phase { get; init; }

    /// <summary>The members when it was opened, in ordinal order.</summary>
    [Id(1)]
    public IReadOnlyList<CollaboratorName> Members { get; init; } = [];

    /// <summary>When it was opened.</summary>
    [Id(2)]
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>What it folds in, by collaborator and turn; decided when it starts closing.</summary>
    [Id(3)]
    public IReadOnlyList<ContributionKey> Counted { get; init; } = [];
}
