namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>task_runner</c> section.</summary>
/// <param name="ClassName">The class in the workspace's assembly.</param>
/// <param name="Settings">Free settings for it, without schema; the class checks them by <see cref="PlanSettings.Under"/>.</param>
public sealed record TaskRunnerPlan(string ClassName, PlanSettings Settings);
