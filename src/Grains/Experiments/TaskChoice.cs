namespace Actors.Grains.Experiments;

/// <summary>One task of the plan, as the aggregator sees it.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Rule">How its updates become a model.</param>
[GenerateSerializer, Immutable, Alias("task-choice")]
public sealed record TaskChoice([property: Id(0)] string Name, [property: Id(1)] PolicyChoice Rule);
