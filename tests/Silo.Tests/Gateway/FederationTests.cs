using System.Text.Json;

using Actors.Contracts.Metrics;
using Actors.Contracts.Models;
using Actors.Grains.Experiments;
using Actors.Silo.Running.Tests;

namespace Actors.Silo.Gateway.Tests;

public sealed class FederationTests : AggregatorTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TwoRounds_WithTwoCollaborators_EndInTheWeightedAverage()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        Assert.NotNull((await one.JoinAsync()).Accepted);
        for (var round = 0; round < 2; round++)
        {
            await one.RunRoundAsync(round, weight: 1, samples: 30, accuracy: 0.5);
            await two.RunRoundAsync(round, weight: 5, samples: 10, accuracy: 0.9);
        }

        Assert.True((await one.GetTasksAsync()).Stop.Finished);
        Assert.True((await two.GetTasksAsync()).Stop.Finished);
        await aggregator.Ended.WaitAsync(Soon);
        Assert.Equal(2f, LastWeight());
        Assert.Equal([0.6, 0.6], Accuracies());
        Assert.Equal(1, new TensorBoardFile(Path.Combine(Folder, "events.out.tfevents.aggregator")).LastStep);
    }

    [Fact]
    public async Task LastModel_IsTheOneAfterTheLastAggregation()
    {
        await using var aggregator = await StartAsync(["one"], rounds: 1);
        using var one = aggregator.Collaborator("one");

        await one.RunRoundAsync(0, weight: 7, samples: 1, accuracy: 0.5);
        Assert.True((await one.GetTasksAsync()).Stop.Finished);

        using var last = ModelFile.Read(Path.Combine(Folder, "last.pbuf"));
        using var best = ModelFile.Read(Path.Combine(Folder, "best.pbuf"));
        Assert.Equal((7f, 1), (WeightOf(last), last.Round));
        Assert.Equal((0f, 0), (WeightOf(best), best.Round));
    }

    [Fact]
    public async Task LastModel_HasItsServerOptimizerBesideIt_AndMetricsTheAlarms()
    {
        await using var aggregator = await StartAsync(["one", "two"], rounds: 1, settings => settings.Rule = PolicyChoice.Named("fed_avg_m"));
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");

        await one.RunRoundAsync(0, weight: 7, samples: 10, accuracy: 0.5);
        await two.RunRoundAsync(0, weight: 7e6f, samples: 1, accuracy: 0.5);
        Assert.True((await one.GetTasksAsync()).Stop.Finished);

        using var momentum = ModelFile.Read(ExperimentFilePaths.StateBeside(Path.Combine(Folder, "last.pbuf"), "state.train.momentum"));
        Assert.Equal((7f, 1), (WeightOf(momentum), momentum.Round));
        using var line = JsonDocument.Parse(File.ReadLines(Path.Combine(Folder, "metrics.jsonl")).Single());
        Assert.StartsWith("the change of two is ", line.RootElement.GetProperty("alarms")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetTasks_WithNothingToDo_IsHeldUntilTheRoundChanges()
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Hold = Soon);
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        await one.RunRoundAsync(0, 1, 10, 0.5);

        var held = one.GetTasksAsync();
        Assert.False(held.IsCompleted);
        await two.RunRoundAsync(0, 3, 10, 0.5);

        var work = (await held.WaitAsync(Soon)).Work;
        Assert.Equal(1, work.Round);
        var model = await one.PullAsync(work.Bundles.Single().Digest);
        Assert.Equal(2f, TestModel.WeightIn(model));
    }

    [Fact]
    public async Task GetTasks_HeldForItsTime_AnswersWait()
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Hold = TimeSpan.FromMilliseconds(50));
        using var one = aggregator.Collaborator("one");
        await one.RunRoundAsync(0, 1, 10, 0.5);

        Assert.Equal(0, (await one.GetTasksAsync()).Wait.Round);
    }

    [Fact]
    public async Task Finished_WithOneWhoVanished_EndsAfterTheGrace()
    {
        await using var aggregator = await StartAsync(["one"], rounds: 1, settings => settings.Grace = TimeSpan.FromMilliseconds(300));
        using var one = aggregator.Collaborator("one");

        await one.RunRoundAsync(0, 1, 10, 0.5);

        await aggregator.Ended.WaitAsync(Soon);
    }

    [Fact]
    public async Task Restarted_InTheMiddleOfARound_GoesOnWithWhatWasAccepted()
    {
        await using (var before = await StartAsync(["one", "two"]))
        {
            using var one = before.Collaborator("one");
            await one.RunRoundAsync(0, weight: 1, samples: 10, accuracy: 0.5);
        }

        await using var after = await StartAsync(["one", "two"], change: settings => settings.Hold = TimeSpan.FromMilliseconds(50));
        using var again = after.Collaborator("one");
        using var two = after.Collaborator("two");
        Assert.NotNull((await again.GetTasksAsync()).Wait);
        await two.RunRoundAsync(0, weight: 3, samples: 10, accuracy: 0.5);

        await UntilWorkAsync(again, round: 1);
    }

    [Fact]
    public async Task CutoffTime_WithTheMinimumReported_ClosesTheRoundWithoutTheOther()
    {
        await using var aggregator = await StartAsync(
            ["one", "two"],
            change: settings => settings.Stragglers = new(
                "cutoff_time", new Dictionary<string, double> { ["straggler_cutoff_time"] = 0.2, ["minimum_reporting"] = 1 }));
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        await one.RunRoundAsync(0, weight: 4, samples: 10, accuracy: 0.5);

        await UntilWorkAsync(one, round: 1);

        Assert.Equal(1, (await two.ReportMetricAsync(0, "validate", 0.5)).RoundClosed.CurrentRound);
    }

    private static async Task UntilWorkAsync(TestCollaborator collaborator, int round)
    {
        using var patience = new CancellationTokenSource(Soon);
        while ((await collaborator.GetTasksAsync()).Work?.Round != round)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private float LastWeight()
    {
        using var last = ModelFile.Read(Path.Combine(Folder, "last.pbuf"));
        return WeightOf(last);
    }

    private static float WeightOf(ModelFile model)
    {
        Assert.Equal(TestModel.Manifest.Hash, model.Manifest.Hash);
        var bytes = new byte[model.Manifest.ByteLength];
        model.Read(0, bytes);
        return TestModel.WeightIn(bytes);
    }

    private double[] Accuracies() =>
    [
        .. File.ReadLines(Path.Combine(Folder, "metrics.jsonl")).Select(line =>
            Math.Round(JsonDocument.Parse(line).RootElement.GetProperty("metrics").GetProperty("validate").GetProperty("accuracy").GetDouble(), 12)),
    ];
}
