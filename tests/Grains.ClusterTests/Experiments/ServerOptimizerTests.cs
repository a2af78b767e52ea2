using System.Runtime.InteropServices;

using Actors.Grains.Collaborators;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>An optimizer at the aggregator goes on from round to round, whatever ends between them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ServerOptimizerTests(ClusterFixture fixture)
{
    // Changes of 1, then of 2: v = 1 and x = 1; v = 0.5 · 1 + 2 and x = 1 + 2.5.
    [Fact]
    public async Task Momentum_SurvivesEveryActivation_AndStaysAtTheAggregator()
    {
        var federation = new TestFederation(fixture, "ann") { Plan = PlanOf(2) };
        await federation.StartAsync();
        await federation.RunTasksAsync("ann", 0, TestModel.With(1, 4));
        await federation.RoundOpensAsync(1);
        Assert.Equal(TestModel.With(1, 4), await federation.ModelAsync());

        await federation.DeactivateAllAsync(1);
        await federation.RunAsync();

        Assert.Equal([BundleKinds.Model], (await federation.GetWorkAsync("ann")).Bundles.Select(bundle => bundle.Kind));
        await federation.RunTasksAsync("ann", 1, TestModel.With(3, 5));
        await federation.EndAsync();
        Assert.Equal(TestModel.With(3.5f, 5), await federation.ModelAsync());
        Assert.Equal(2.5f, await StateAsync(federation));
    }

    [Fact]
    public async Task Momentum_OfVersions_GoesOnToo()
    {
        var federation = new TestFederation(fixture, "ann")
        {
            Plan = PlanOf(2) with { Stragglers = new("async", new Dictionary<string, double> { ["buffer_size"] = 1 }) },
        };
        await federation.StartAsync();
        await TakeTurnAsync(federation, 0, TestModel.With(1, 4));
        await federation.RoundOpensAsync(1);
        await TakeTurnAsync(federation, 1, TestModel.With(3, 5));
        await federation.EndAsync();
        Assert.Equal(TestModel.With(3.5f, 5), await federation.ModelAsync());
    }

    [Fact]
    public async Task AbsurdUpdate_IsLeftOut_AndNamedInTheResult()
    {
        var federation = new TestFederation(fixture, "ann", "bob", "eve")
        {
            Plan = TestFederation.PlanOf(1) with { Tasks = [new("validate", PolicyChoice.Named("weighted_average")), new("train", PolicyChoice.Named("bounded_average"))] },
        };
        await federation.StartAsync();
        await federation.RunTasksAsync("ann", 0, TestModel.With(1, 4));
        await federation.RunTasksAsync("bob", 0, TestModel.With(3, 4));
        await federation.RunTasksAsync("eve", 0, TestModel.With(-1e6f, 4), samples: 1000);
        await federation.EndAsync();
        Assert.Equal(TestModel.With(2, 4), await federation.ModelAsync());
        var alarm = (await federation.Grain.GetStateAsync()).LastResult!.Outcomes.SelectMany(outcome => outcome.Alarms).Single();
        Assert.Equal(("eve", true), (alarm.Collaborator.Value, alarm.IsLeftOut));
    }

    private static ExperimentPlan PlanOf(int rounds) => TestFederation.PlanOf(rounds) with
    {
        Tasks =
        [
            new("validate", PolicyChoice.Named("weighted_average")),
            new("train", new("fed_avg_m", new Dictionary<string, double> { ["beta_1"] = 0.5 })),
        ],
    };

    private async Task<float> StateAsync(TestFederation federation)
    {
        var bundle = (await federation.Grain.GetStateAsync()).Current.Find(BundleKinds.ServerState("train", "momentum"))!;
        using var reader = fixture.Store.TryOpen(TensorScope.Models(federation.Experiment), bundle.Digest)!;
        var first = new byte[sizeof(float)];
        reader.Read(0, first);
        return MemoryMarshal.Read<float>(first);
    }

    private static async Task TakeTurnAsync(TestFederation federation, int turn, byte[] update)
    {
        Assert.Equal([BundleKinds.Model], (await federation.GetWorkAsync("ann")).Bundles.Select(bundle => bundle.Kind));
        await federation.ValidateAsync("ann", turn);
        var pushed = federation.Push(TensorScope.Turn(new(federation.Experiment, new("ann")), turn), "ann", update);
        await federation.OfferAsync("ann", turn, new("train", 1, [], [pushed]));
    }
}
