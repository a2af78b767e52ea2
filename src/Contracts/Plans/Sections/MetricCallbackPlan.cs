namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>log_metric_callback</c>.</summary>
/// <param name="ClassName">A class of the workspace.</param>
/// <param name="Settings">The class's settings, without schema.</param>
public sealed record MetricCallbackPlan(string ClassName, PlanSettings Settings);
