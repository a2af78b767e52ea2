namespace Actors.Contracts.Plans;

/// <summary>Collaborators that get the same tasks.</summary>
/// <param name="Name">The group's name, unique in the plan.</param>
/// <param name="Percentage">The fraction of the collaborators that is drawn into the group, from 0 to 1; null for a static group.</param>
/// <param name="Collaborators">The names of a static group, none of them in another group; empty for a random one.</param>
/// <param name="Tasks">Names of the plan's tasks in the order they run; at least one, none twice.</param>
public sealed record TaskGroupPlan(string Name, double? Percentage, IReadOnlyList<string> Collaborators, IReadOnlyList<string> Tasks);
