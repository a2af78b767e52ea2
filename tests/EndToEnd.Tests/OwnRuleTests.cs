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

        await PaperSteps.RunAsync(nodes, "one", "two");

        var numbers = await SavedModel.NumbersAsync(nodes, "synthetic_last");
        Assert.Equal(2_500, numbers.Length);
        Assert.All(numbers, number => Assert.Equal(7f, number));
    }
}
