using System.Text.Json;

using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Silo.Running.Tests;

using Grpc.Core;

namespace Actors.Silo.Gateway.Tests;

/// <summary>A federated evaluation: a model is measured where the data is, and stays as it was.</summary>
public sealed class EvaluationTests : AggregatorTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TaskGroup Everybody = new("evaluation", ["validate"], 0, []);

    [Theory]
    [InlineData("wait_all")]
    [InlineData("async")]
    public async Task Evaluation_IsOneRoundOfMeasuring_AndWritesNoModel(string policy)
    {
        await using var aggregator = await StartAsync(["one", "two"], rounds: 9, settings =>
            (settings.Evaluation, settings.Stragglers) = (Everybody, PolicyChoice.Named(policy)));
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        Assert.NotNull((await one.JoinAsync()).Accepted);
        var work = (await one.GetTasksAsync()).Work;
        Assert.Equal(["validate"], work.Tasks);

        Assert.NotNull((await one.ReportMetricAsync(0, "validate", 0.5, samples: 30)).Accepted);
        Assert.NotNull((await two.ReportMetricAsync(0, "validate", 0.9, samples: 10)).Accepted);

        Assert.True((await one.GetTasksAsync()).Stop.Finished);
        Assert.True((await two.GetTasksAsync()).Stop.Finished);
        await aggregator.Ended.WaitAsync(Soon);
        using var line = JsonDocument.Parse(File.ReadLines(Path.Combine(Folder, "metrics.jsonl")).Single());
        Assert.Equal(0.6, line.RootElement.GetProperty("metrics").GetProperty("validate").GetProperty("accuracy").GetDouble(), 12);
        Assert.False(line.RootElement.GetProperty("metrics").TryGetProperty("train", out _));
        Assert.Empty(Directory.GetFiles(Folder, "*.pbuf"));
    }

    [Fact]
    public async Task Evaluation_IsOfTheModelItBeganWith()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => (settings.Evaluation, settings.Grace) = (Everybody, Soon));
        using var one = aggregator.Collaborator("one");
        var before = (await one.GetTasksAsync()).Work.Bundles.Single().Digest;

        Assert.NotNull((await one.ReportMetricAsync(0, "validate", 0.5)).Accepted);
        Assert.NotNull((await one.GetTasksAsync()).Stop);

        var state = await aggregator.Grains.GetExperiment(aggregator.Experiment).GetStateAsync();
        Assert.Equal((Lifecycle.Finished, 1), (state.Lifecycle, state.Round));
        Assert.Equal(before, Assert.Single(state.Current).Digest.ToString());
    }

    [Fact]
    public async Task Evaluation_TakesNoUpdate()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => settings.Evaluation = Everybody);
        using var one = aggregator.Collaborator("one");

        var update = TestModel.Filled(1);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => one.PushAsync(0, update));

        Assert.StartsWith("Round 0 takes no update of task 'train' from one: NotAssigned.", refusal.Status.Detail, StringComparison.Ordinal);
    }
}
