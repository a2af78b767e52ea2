using Actors.Contracts.Metrics;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class MetricAggregationTests
{
    [Fact]
    public void Average_WeighsBySampleCount() => Assert.Equal(
        [new Metric("accuracy", 0.75)],
        MetricAggregation.Average([Given.Report("v", 1, new Metric("accuracy", 0)), Given.Report("v", 3, new Metric("accuracy", 1))]));

    [Fact]
    public void Average_AMetricNotReported_DoesNotWeigh() => Assert.Equal(
        [new Metric("loss", 2), new Metric("accuracy", 0.5)],
        MetricAggregation.Average(
        [
            Given.Report("v", 1, new Metric("loss", 1)),
            Given.Report("v", 1, new Metric("accuracy", 0.5), new Metric("loss", 3)),
            Given.Report("v", 1000),
        ]));

    [Fact]
    public void Average_OfNothing_IsNothing() => Assert.Empty(MetricAggregation.Average([]));

    [Property]
    public bool Average_OfOneContributor_IsUnchanged(NormalFloat value, PositiveInt samples) =>
        MetricAggregation.Average([Given.Report("v", samples.Get, new Metric("m", value.Get))])[0].Value.Equals(value.Get);

    [Fact]
    public void Average_OfFiniteNumbers_IsFinite()
    {
        var report = Given.Report("v", 1_000_000_000_000, new Metric("m", double.MaxValue));
        Assert.Equal(double.MaxValue, MetricAggregation.Average([report, report])[0].Value);
    }
}
