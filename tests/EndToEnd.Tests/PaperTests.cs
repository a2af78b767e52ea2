using System.Text.Json;

using Actors.Contracts.Models;
using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>The paper's way to run a federation (section 2.5), with a folder for every machine.</summary>
public sealed class PaperTests : IDisposable
{
    private readonly Nodes _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public async Task NineteenSteps_WithTwoCollaborators_LeaveATrainedModel()
    {
        await PaperSteps.PrepareAggregatorAsync(_nodes, "torch_cnn_digits", () => { });
        await PaperSteps.AdmitAsync(_nodes, "one", "1");
        await PaperSteps.AdmitAsync(_nodes, "two", "2");

        using var aggregator = Fx.Start(_nodes.Aggregator, "aggregator", "start");
        using var one = Fx.Start(_nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
        using var two = Fx.Start(_nodes.Collaborator("two"), "collaborator", "start", "-n", "two");

        foreach (var (name, node) in new[] { ("one", one), ("two", two), ("the aggregator", aggregator) })
        {
            Assert.True(await node.EndAsync() == 0, $"{name} failed:\n{node.Output}");
        }

        using var last = ModelFile.Read(Path.Combine(_nodes.Aggregator, "save", "torch_cnn_digits_last.pbuf"));
        Assert.Equal(5, last.Round);
        Assert.True(await AccuracyAsync("one") > 0.93);
        Assert.True(File.Exists(Path.Combine(_nodes.Aggregator, "save", "torch_cnn_digits_best.pbuf")));
    }

    [Fact]
    public async Task PrivateKeys_StayWhereTheyWereMade()
    {
        await PaperSteps.PrepareAggregatorAsync(_nodes, "synthetic", () => { });
        await PaperSteps.AdmitAsync(_nodes, "one", "1");

        var keys = Directory.EnumerateFiles(_nodes.Machine("aggregator"), "*.key", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.DoesNotContain("col_one.key", keys);
        var own = Directory.EnumerateFiles(_nodes.Machine("one"), "*.key", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.Equal(["col_one.key"], own);
    }

    [Fact]
    public async Task Collaborator_WithAnotherPlan_IsRefusedWithTheFirstDifference()
    {
        await PaperSteps.PrepareAggregatorAsync(_nodes, "synthetic", () => { });
        await PaperSteps.AdmitAsync(_nodes, "one", "1");
        var plan = Path.Combine(_nodes.Collaborator("one"), "plan", "plan.yaml");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("rounds_to_train: 5", "rounds_to_train: 6", StringComparison.Ordinal));

        using var aggregator = Fx.Start(_nodes.Aggregator, "aggregator", "start");
        using var one = Fx.Start(_nodes.Collaborator("one"), "collaborator", "start", "-n", "one");

        Assert.Equal(3, await one.EndAsync());
        Assert.Contains("aggregator.settings.rounds_to_train is 5 here and 6 there", one.Output, StringComparison.Ordinal);
    }

    private async Task<double> AccuracyAsync(string name)
    {
        var model = Path.Combine(_nodes.Aggregator, "save", "torch_cnn_digits_last.pbuf");
        var output = await Fx.RunAsync(_nodes.Collaborator(name), "model", "evaluate", "-i", model, "-n", name, "--json");
        return JsonDocument.Parse(output.Split('\n')[^1]).RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble();
    }
}
