using Actors.Contracts.Metrics;
using Actors.Grains.Collaborators;
using Actors.Grains.Tensors;

namespace Actors.Grains.Intake.Tests;

public class ReportCheckTests
{
    public static TheoryData<string, string> Problems { get; } = new()
    {
        { "no task", "'' is no task name. Report a task that the work named." },
        { "a path", "'../train' is no task name. Report a task that the work named." },
        { "no samples", "Task 'train' reports 0 samples. A result needs at least 1: it is its weight." },
        { "fewer than none", "Task 'train' reports -7 samples. A result needs at least 1: it is its weight." },
        { "too many samples", "Task 'train' reports 9223372036854775807 samples. Report at most 1000000000000: the sum of all must be countable." },
        { "1001 metrics", "Task 'train' reports 1001 metrics. Report at most 1000." },
        { "NaN", "Metric 'loss' of task 'train' is NaN. A metric must be finite to be averaged." },
        { "infinity", "Metric 'loss' of task 'train' is -Infinity. A metric must be finite to be averaged." },
        { "a metric twice", "Metric 'loss' of task 'train' is reported twice. Give each metric a name of its own." },
        { "an unknown kind", "'secrets' is no kind of tensors. Send 'model', 'optimizer' or 'control'." },
        { "two models", "Task 'train' brings model tensors twice. Send one bundle a kind." },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Problem_IsTheThingTheValueAndTheRemedy(string report, string message) => Assert.Equal(message, ReportCheck.Problem(Reports(report)));

    [Fact]
    public void Problem_OfAGoodReport_IsNone()
    {
        Assert.Null(ReportCheck.Problem(Good));
        Assert.Null(ReportCheck.Problem(Good with { SampleCount = 1_000_000_000_000, Metrics = Metrics(1000) }));
        Assert.Null(ReportCheck.Problem(Good with { Metrics = [], Bundles = [] }));
    }

    private static readonly TaskReport Good = new(
        "train", 1, [new("loss", 1), new("Loss", 2)], [Given.Model(1), Given.Bundle(BundleKinds.Optimizer, 2)]);

    private static TaskReport Reports(string report) => report switch
    {
        "no task" => Good with { Task = "" },
        "a path" => Good with { Task = "../train" },
        "no samples" => Good with { SampleCount = 0 },
        "fewer than none" => Good with { SampleCount = -7 },
        "too many samples" => Good with { SampleCount = long.MaxValue },
        "1001 metrics" => Good with { Metrics = Metrics(1001) },
        "NaN" => Good with { Metrics = [new("loss", double.NaN)] },
        "infinity" => Good with { Metrics = [new("loss", double.NegativeInfinity)] },
        "a metric twice" => Good with { Metrics = [new("loss", 1), new("loss", 1)] },
        "an unknown kind" => Good with { Bundles = [Given.Bundle("secrets", 1)] },
        "two models" => Good with { Bundles = [Given.Model(1), Given.Model(2)] },
        _ => throw new ArgumentOutOfRangeException(nameof(report), report, "No such report."),
    };

    private static IReadOnlyList<Metric> Metrics(int count) => [.. Enumerable.Range(0, count).Select(i => new Metric($"m{i}", i))];
}
