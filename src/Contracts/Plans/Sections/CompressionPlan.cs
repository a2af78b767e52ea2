namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>compression_pipeline</c> section.</summary>
/// <param name="Template">Our name of the pipeline. Default: <c>none</c>.</param>
/// <param name="Settings">The pipeline's settings.</param>
public sealed record CompressionPlan(string Template, PlanSettings Settings);
