namespace Actors.Grains.Experiments;

/// <summary>How the plan assigns tasks.</summary>
/// <param name="Name">A name from <see cref="Assignment.Assigners"/>.</param>
/// <param name="Seed">The seed of everything random in the assignment.</param>
/// <param name="Groups">The plan's task groups, in its order.</param>
[GenerateSerializer, Immutable, Alias("assigner-choice")]
public sealed record AssignerChoice(
    [property: Id(0)] string Name,
    [property: Id(1)] long Seed,
    [property: Id(2)] IReadOnlyList<TaskGroup> Groups);
