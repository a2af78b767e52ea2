namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>straggler_handling_policy</c> section.</summary>
/// <param name="Template">Our name of the policy. Default: <c>wait_all</c>.</param>
/// <param name="Settings">The policy's settings.</param>
public sealed record StragglerPlan(string Template, PlanSettings Settings);
