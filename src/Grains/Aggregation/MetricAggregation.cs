using Actors.Contracts.Metrics;
using Actors.Grains.Collaborators;

namespace Actors.Grains.Aggregation;

/// <summary>Averages metrics over collaborators by sample count; a collaborator that did not report a metric does not weigh on it.</summary>
internal static class MetricAggregation
{
    /// <summary>The averages, in the order in which the metrics first appear. The order of the reports fixes the bits.</summary>
    public static IReadOnlyList<Metric> Average(IReadOnlyList<TaskReport> reports)
    {
        var names = reports.SelectMany(report => report.Metrics).Select(metric => metric.Name).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => new Metric(name, Average(reports, name)))];
    }

    private static double Average(IReadOnlyList<TaskReport> reports, string name)
    {
        // Weights first: a sum of products could overflow where the mean does not.
        var samples = reports.Where(report => report.Metrics.Any(metric => metric.Name == name)).Sum(report => (double)report.SampleCount);
        var sum = 0.0;
        foreach (var report in reports)
        {
            foreach (var metric in report.Metrics)
            {
                if (metric.Name == name)
                {
                    sum += metric.Value * (report.SampleCount / samples);
                }
            }
        }

        return sum;
    }
}
