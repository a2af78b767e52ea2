namespace Actors.Contracts.Plans;

/// <summary>The one metric by which a round's model is better than the best so far.</summary>
/// <param name="Task">
/// The task that reports it. Left out, it is the first task in plan order with <c>kwargs.apply: global</c>;
/// null when the plan has no such task, and then no model is ever the best.
/// </param>
/// <param name="Metric">
/// The metric's name. Left out, it is the first of the task's <c>kwargs.metrics</c>, and <c>accuracy</c> where the task lists none;
/// null only together with <paramref name="Task"/>.
/// </param>
/// <param name="Goal">Which way is better. Default: higher.</param>
public sealed record BestMetric(string? Task, string? Metric, MetricGoal Goal);
