namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>assigner</c> section.</summary>
/// <param name="Template">Our name of the assigner, like <c>random_grouped</c>.</param>
/// <param name="TaskGroups">The groups in the order of the plan; at least one for the built-in assigners.</param>
/// <param name="Seed">What random draws start from, so that all runs draw alike. Default: 0.</param>
/// <param name="Settings">All settings, for assigners that have more.</param>
public sealed record AssignerPlan(string Template, IReadOnlyList<TaskGroupPlan> TaskGroups, long Seed, PlanSettings Settings);
