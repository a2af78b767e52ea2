using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Rounds;

/// <summary>What a round is opened with.</summary>
/// <param name="Plan">The plan it follows.</param>
/// <param name="Members">The federation's members, in ordinal order.</param>
[GenerateSerializer, Immutable, Alias("round-opening")]
public sealed record RoundOpening([property: Id(0)] ExperimentPlan Plan, [property: Id(1)] IReadOnlyList<CollaboratorName> Members);
