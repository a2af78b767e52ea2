using Actors.Contracts.Identity;

namespace Actors.Grains.Federations;

/// <summary>What is persisted of a federation.</summary>
[GenerateSerializer, Immutable, Alias("federation-state")]
public sealed record FederationState
{
    /// <summary>Who may take part, in ordinal order.</summary>
    [Id(0)]
    public IReadOnlyList<CollaboratorName> Members { get; init; } = [];

    /// <summary>The names of its experiments, oldest first.</summary>
    [Id(1)]
    public IReadOnlyList<string> Experiments { get; init; } = [];
}
