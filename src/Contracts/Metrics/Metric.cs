namespace Actors.Contracts.Metrics;

/// <summary>A number that a task reports or that the aggregator averaged over collaborators.</summary>
/// <param name="Name">What was measured, such as <c>accuracy</c> or <c>loss</c>.</param>
/// <param name="Value">The measured value; its unit is the metric's own.</param>
public readonly record struct Metric(string Name, double Value);
