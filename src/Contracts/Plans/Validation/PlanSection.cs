namespace Actors.Contracts.Plans;

/// <summary>A section whose template was looked up: what validators and the builder see of it.</summary>
/// <param name="Name">The section's key in the plan, or the path of a task's aggregation type.</param>
/// <param name="Map">The section as written; empty when it is absent.</param>
/// <param name="Template">Our template name, or the class name of a data loader or task runner; null when unknown or missing.</param>
/// <param name="Settings">Its settings with the template's schema.</param>
internal sealed record PlanSection(string Name, PlanValue.Map Map, string? Template, PlanSettings Settings);
