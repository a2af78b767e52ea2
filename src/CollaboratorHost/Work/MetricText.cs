using System.Globalization;

using Actors.Contracts.Metrics;

namespace Actors.CollaboratorHost.Work;

/// <summary>Metrics as the end of a log line.</summary>
internal static class MetricText
{
    /// <summary>Written <c>loss 0.231, accuracy 0.914</c>.</summary>
    public static string Of(IReadOnlyList<Metric> metrics) => metrics.Count == 0
        ? "no metrics"
        : string.Join(", ", metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:G4}")));
}
