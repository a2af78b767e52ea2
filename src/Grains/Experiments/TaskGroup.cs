namespace Actors.Grains.Experiments;

/// <summary>Collaborators that run the same tasks.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Tasks">What its members run, in order.</param>
/// <param name="Percentage">The fraction of the federation in this group, 0 to 1; for random grouping.</param>
/// <param name="Collaborators">Who is in it; for static grouping.</param>
[GenerateSerializer, Immutable, Alias("task-group")]
public sealed record TaskGroup(
    [property: Id(0)] string Name,
    [property: Id(1)] IReadOnlyList<string> Tasks,
    [property: Id(2)] double Percentage,
    [property: Id(3)] IReadOnlyList<string> Collaborators);
