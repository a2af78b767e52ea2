using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>A training that begins with a saved model goes on with the server optimizer that was saved beside it.</summary>
public sealed class ServerStateTests
{
    // The synthetic runner's change of round 0 is always the same d. Momentum 0.5: v = d, then v = d / 2 + d.
    [Theory]
    [InlineData(true, 1.5)]
    [InlineData(false, 1)]
    public async Task TrainingFromASavedModel_GoesOnWithTheMomentumBesideIt(bool hasState, double steps)
    {
        using var nodes = new Nodes();
        await PaperSteps.PrepareAggregatorAsync(nodes, "synthetic", () =>
        {
            nodes.ChangePlan("rounds_to_train: 5", "rounds_to_train: 1");
            nodes.ChangePlan("function: train_task", "function: train_task\n    aggregation_type: {template: fed_avg_m, settings: {beta_1: 0.5}}");
        });
        await PaperSteps.AdmitAsync(nodes, "one", "1");
        await PaperSteps.RunAsync(nodes, "one");
        var (start, first) = (await SavedModel.NumbersAsync(nodes, "synthetic_init"), await SavedModel.NumbersAsync(nodes, "synthetic_last"));
        var state = Path.Combine(nodes.Aggregator, "save", "synthetic_last.state.train.momentum.pbuf");
        Assert.True(File.Exists(state));
        if (!hasState)
        {
            File.Delete(state);
        }

        foreach (var workspace in new[] { nodes.Aggregator, nodes.Collaborator("one") })
        {
            var plan = Path.Combine(workspace, "plan", "plan.yaml");
            await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan))
                .Replace("last_state_path: save/synthetic_last.pbuf", "last_state_path: save/second.pbuf", StringComparison.Ordinal)
                .Replace("init_state_path: save/synthetic_init.pbuf", "init_state_path: save/synthetic_last.pbuf", StringComparison.Ordinal));
        }

        await PaperSteps.RunAsync(nodes, "one");

        var second = await SavedModel.NumbersAsync(nodes, "second");
        for (var i = 0; i < start.Length; i++)
        {
            Assert.Equal(steps * (first[i] - start[i]), second[i] - first[i], 1e-5);
        }

        Assert.Contains(Enumerable.Range(0, start.Length), i => Math.Abs(first[i] - start[i]) > 0.1);
    }
}
