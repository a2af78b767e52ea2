using Actors.Contracts.Identity;
using Actors.Grains.Asynchronous;
using Actors.Grains.Tasks;

namespace Actors.Grains.Rounds;

/// <summary>What a round came to.</summary>
/// <param name="Number">The round's number, from 0.</param>
/// <param name="Outcomes">What its tasks came to, in the plan's order.</param>
/// <param name="Counted">Whose results count, in ordinal order.</param>
/// <param name="Assigned">How many had tasks.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When the last task was aggregated.</param>
[GenerateSerializer, Immutable, Alias("round-result")]
public sealed record RoundResult(
    [property: Id(0)] int Number,
    [property: Id(1)] IReadOnlyList<TaskOutcome> Outcomes,
    [property: Id(2)] IReadOnlyList<CollaboratorName> Counted,
    [property: Id(3)] int Assigned,
    [property: Id(4)] DateTimeOffset OpenedAt,
    [property: Id(5)] DateTimeOffset ClosedAt)
{
    /// <summary>In an asynchronous experiment, what was folded in, in the order of <see cref="Counted"/>; else empty.</summary>
    [Id(6)]
    public IReadOnlyList<ContributionKey> Contributions { get; init; } = [];
}
