using System.Runtime.InteropServices;

using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>A collaborator is told which of its control variates counts, and c goes out with the model.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ScaffoldTests(ClusterFixture fixture)
{
    // Only ann's first result counts: bob hands in a training and never his validation.
    [Fact]
    public async Task Controls_AreOfThoseWhoCounted_AndSurviveEveryActivation()
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = Plan };
        await federation.StartAsync();
        Assert.Null((await federation.GetWorkAsync("ann")).ControlRound);
        await TrainAsync(federation, "bob", 0, control: 8, basis: null);
        await federation.ValidateAsync("ann", 0);
        await TrainAsync(federation, "ann", 0, control: 4, basis: null);
        await federation.RoundOpensAsync(1);

        await federation.DeactivateAllAsync(1);
        await federation.RunAsync();

        var (ann, bob) = (await federation.GetWorkAsync("ann"), await federation.GetWorkAsync("bob"));
        Assert.Equal((0, null), (ann.ControlRound, bob.ControlRound));
        Assert.Equal([BundleKinds.Control, BundleKinds.Model], bob.Bundles.Select(bundle => bundle.Kind).Order());
        Assert.Equal(2, Read(federation, bob.Bundles.Find(BundleKinds.Control)!));

        await federation.ValidateAsync("bob", 1);
        await TrainAsync(federation, "bob", 1, control: 6, basis: null);
        await federation.EndAsync();
        var state = await federation.Grain.GetStateAsync();
        Assert.Equal(5, Read(federation, state.Current.Find(BundleKinds.Control)!));
        Assert.Equal([("ann", 0), ("bob", 1)], state.Controls!.Rounds.Select(entry => (entry.Key.Value, entry.Value)).Order());
    }

    private static ExperimentPlan Plan => TestFederation.PlanOf(2, new("percentage", new Dictionary<string, double> { ["percent_collaborators_needed"] = 0.5 })) with
    {
        Tasks = [new("validate", PolicyChoice.Named("weighted_average")), new("train", PolicyChoice.Named("scaffold"))],
    };

    private static Task<IntakeOutcome> TrainAsync(TestFederation federation, string name, int round, float control, int? basis)
    {
        var model = federation.Push(name, round, TestModel.With(1, round));
        var change = federation.Push(name, round, TestModel.With(control)) with { Kind = BundleKinds.Control };
        return federation.OfferAsync(name, round, new("train", 1, [], [model, change]) { ControlRound = basis });
    }

    private float Read(TestFederation federation, TensorBundle bundle)
    {
        using var reader = fixture.Store.TryOpen(TensorScope.Models(federation.Experiment), bundle.Digest)!;
        var first = new byte[sizeof(float)];
        reader.Read(0, first);
        return MemoryMarshal.Read<float>(first);
    }
}
