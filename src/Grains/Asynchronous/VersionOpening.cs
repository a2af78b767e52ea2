using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Asynchronous;

/// <summary>What a version is opened with.</summary>
/// <param name="Plan">The plan it follows.</param>
/// <param name="Members">The federation's members, in ordinal order.</param>
/// <param name="Folded">What the version before has folded in.</param>
[GenerateSerializer, Immutable, Alias("version-opening")]
public sealed record VersionOpening(
    [property: Id(0)] ExperimentPlan Plan,
    [property: Id(1)] IReadOnlyList<CollaboratorName> Members,
    [property: Id(2)] IReadOnlyList<ContributionKey> Folded);
