using Actors.Contracts.Metrics;

namespace Actors.Learning.Tests;

public sealed class TaskResultTests
{
    private static readonly Metric[] Measured = [new("accuracy", 0.5), new("loss", 2)];

    [Fact]
    public void For_APlanThatAsksForNone_ReportsAll() =>
        Assert.Equal(Measured, TaskResult.For(Rounds.Context(), 3, Measured).Metrics);

    [Fact]
    public void For_APlanThatAsks_ReportsThoseInItsOrder() =>
        Assert.Equal(
            [new("loss", 2), new("accuracy", 0.5)],
            TaskResult.For(Rounds.Context(metrics: ["loss", "accuracy", "loss"]), 3, Measured).Metrics);

    [Fact]
    public void For_AnUnknownMetric_ListsTheKnown()
    {
        var problem = Assert.Throws<ArgumentException>(() => TaskResult.For(Rounds.Context(metrics: "f1"), 3, Measured));

        Assert.StartsWith("tasks.train.kwargs.metrics: f1 is not measured; known are accuracy, loss.", problem.Message);
    }

    [Fact]
    public void For_NoSamples_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TaskResult.For(Rounds.Context(), 0, Measured));
}
