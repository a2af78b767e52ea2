using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Tensors;

namespace Actors.Grains.Intake;

/// <summary>What can be wrong with a result's numbers and names.</summary>
internal static class ReportCheck
{
    private const int MaximumMetrics = 1000;
    private const long MaximumSamples = 1_000_000_000_000;

    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(TaskReport report)
    {
        if (!IdentifierRule.Allows(report.Task))
        {
            return $"'{report.Task}' is no task name. Report a task that the work named.";
        }

        if (report.SampleCount < 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Task '{report.Task}' reports {report.SampleCount} samples. A result needs at least 1: it is its weight.");
        }

        if (report.SampleCount > MaximumSamples)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Task '{report.Task}' reports {report.SampleCount} samples. Report at most {MaximumSamples}: the sum of all must be countable.");
        }

        return MetricProblem(report) ?? BundleProblem(report);
    }

    private static string? MetricProblem(TaskReport report)
    {
        if (report.Metrics.Count > MaximumMetrics)
        {
            return $"Task '{report.Task}' reports {report.Metrics.Count} metrics. Report at most {MaximumMetrics}.";
        }

        foreach (var metric in report.Metrics)
        {
            if (!double.IsFinite(metric.Value))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Metric '{metric.Name}' of task '{report.Task}' is {metric.Value}. A metric must be finite to be averaged.");
            }
        }

        var twice = report.Metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"Metric '{twice.Key}' of task '{report.Task}' is reported twice. Give each metric a name of its own.";
    }

    private static string? BundleProblem(TaskReport report)
    {
        foreach (var group in report.Bundles.GroupBy(bundle => bundle.Kind, StringComparer.Ordinal))
        {
            if (group.Key is not (BundleKinds.Model or BundleKinds.Optimizer or BundleKinds.Control))
            {
                return $"'{group.Key}' is no kind of tensors. Send '{BundleKinds.Model}', '{BundleKinds.Optimizer}' or '{BundleKinds.Control}'.";
            }

            if (group.Count() > 1)
            {
                return $"Task '{report.Task}' brings {group.Key} tensors twice. Send one bundle a kind.";
            }
        }

        return null;
    }
}
