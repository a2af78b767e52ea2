using Actors.Contracts.Metrics;

namespace Actors.Learning;

/// <summary>What a task came to.</summary>
/// <param name="SampleCount">The samples the task used: the weight of its metrics and of its update. At least 1.</param>
/// <param name="Metrics">What was measured; names are unique.</param>
public sealed record TaskResult(long SampleCount, IReadOnlyList<Metric> Metrics);
