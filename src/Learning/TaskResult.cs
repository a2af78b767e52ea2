using Actors.Contracts.Metrics;

namespace Actors.Learning;

/// <summary>What a task came to.</summary>
/// <param name="SampleCount">The samples the task used: the weight of its metrics and of its update. At least 1.</param>
/// <param name="Metrics">What was measured; names are unique.</param>
public sealed record TaskResult(long SampleCount, IReadOnlyList<Metric> Metrics)
{
    /// <summary>Reports those of the measured metrics that the plan asks for, in the plan's order; all when it asks for none.</summary>
    /// <param name="context">The round, with what the plan asks for.</param>
    /// <param name="sampleCount">The samples the task used; at least 1.</param>
    /// <param name="measured">All that the task knows.</param>
    /// <exception cref="ArgumentException">The plan asks for a metric that was not measured.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No sample was used: nothing to weigh the result by.</exception>
    public static TaskResult For(TaskContext context, long sampleCount, params IReadOnlyList<Metric> measured)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        if (context.Metrics.Count == 0)
        {
            return new(sampleCount, measured);
        }

        var unknown = context.Metrics.FirstOrDefault(name => measured.All(metric => metric.Name != name));
        return unknown is null
            ? new(sampleCount, [.. context.Metrics.Distinct().Select(name => measured.First(metric => metric.Name == name))])
            : throw new ArgumentException(
                $"tasks.{context.Task}.kwargs.metrics: {unknown} is not measured; known are " +
                $"{string.Join(", ", measured.Select(metric => metric.Name))}.", nameof(context));
    }
}
