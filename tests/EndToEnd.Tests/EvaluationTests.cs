using System.Security.Cryptography;

using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>A federated evaluation in the workspaces of a training that is over.</summary>
public sealed class EvaluationTests : IDisposable
{
    private readonly Nodes _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public async Task Evaluation_AfterATraining_MeasuresAndLeavesTheTrainingAsItWas()
    {
        await PaperSteps.PrepareAggregatorAsync(_nodes, "synthetic", () => { });
        await PaperSteps.AdmitAsync(_nodes, "one", "1");
        await RunAsync();
        var before = Files();

        var output = await RunAsync("--task-group", "evaluation");
        var again = await RunAsync("--task-group", "evaluation", "--model", Path.Combine("save", "synthetic_init.pbuf"));

        Assert.Equal(before, Files());
        Assert.Contains("synthetic_last.pbuf, by one:\naggregated_model_validation: accuracy ", output, StringComparison.Ordinal);
        Assert.Contains("synthetic_init.pbuf, by one:\naggregated_model_validation: accuracy ", again, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_nodes.Aggregator, "logs", "evaluation.jsonl")));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_nodes.Aggregator, "logs", "evaluation.1.jsonl")));
    }

    [Fact]
    public async Task Evaluation_WithAGroupThatTrains_IsRefusedWithTheTask()
    {
        await PaperSteps.PrepareAggregatorAsync(_nodes, "synthetic", () => { });
        await PaperSteps.AdmitAsync(_nodes, "one", "1");

        using var aggregator = Fx.Start(_nodes.Aggregator, "aggregator", "start", "--task-group", "train_and_validate");

        Assert.Equal(1, await aggregator.EndAsync());
        Assert.Contains("its task 'train' is a training", aggregator.Output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] options)
    {
        using var aggregator = Fx.Start(_nodes.Aggregator, ["aggregator", "start", .. options]);
        using var one = Fx.Start(_nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
        foreach (var node in new[] { one, aggregator })
        {
            Assert.True(await node.EndAsync() == 0, node.Output);
        }

        return aggregator.Output;
    }

    // What the training has left, by digest: its model files, its metrics and its database.
    private Dictionary<string, string> Files() => new[] { "save", "logs", "state" }
        .Select(folder => Path.Combine(_nodes.Aggregator, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(path => !path.Contains("evaluation", StringComparison.Ordinal))
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
