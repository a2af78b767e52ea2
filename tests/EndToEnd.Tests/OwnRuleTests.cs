using System.Buffers.Binary;
using System.Runtime.InteropServices;

using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>A workspace's own aggregation rule makes the model.</summary>
public sealed class OwnRuleTests
{
    private const string Rule = """
        namespace Synthetic;

        public sealed class Level(double height) : Actors.Learning.AggregationRule
        {
            public override void Combine(Actors.Learning.UpdateBlock updates, Span<double> result) => result.Fill(height * updates.Count);
        }
        """;

    [Fact]
    public async Task RuleOfTheWorkspace_IsWhatTheModelIsMadeBy()
    {
        using var nodes = new Nodes();
        await PaperSteps.PrepareAggregatorAsync(nodes, "synthetic", () =>
        {
            nodes.ChangePlan("rounds_to_train: 5", "rounds_to_train: 1");
            nodes.ChangePlan("function: train_task", "function: train_task\n    aggregation_type: {template: Level, settings: {height: 3.5}}");
            File.WriteAllText(Path.Combine(nodes.Aggregator, "src", "Level.cs"), Rule);
        });
        await PaperSteps.AdmitAsync(nodes, "one", "1");
        await PaperSteps.AdmitAsync(nodes, "two", "2");

        using var aggregator = Fx.Start(nodes.Aggregator, "aggregator", "start");
        using var one = Fx.Start(nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
        using var two = Fx.Start(nodes.Collaborator("two"), "collaborator", "start", "-n", "two");
        Assert.True(await aggregator.EndAsync() == 0, aggregator.Output);
        Assert.True(await one.EndAsync() == 0, one.Output);
        Assert.True(await two.EndAsync() == 0, two.Output);

        await Fx.RunAsync(nodes.Aggregator, "model", "save", "-i", "save/synthetic_last.pbuf", "-o", "last.safetensors");
        var file = await File.ReadAllBytesAsync(Path.Combine(nodes.Aggregator, "last.safetensors"));
        var numbers = MemoryMarshal.Cast<byte, float>(file.AsSpan(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))).ToArray();
        Assert.Equal(2_500, numbers.Length);
        Assert.All(numbers, number => Assert.Equal(7f, number));
    }
}
