using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>The sums of u and v go out with the model, and a collaborator is told whether its own are in them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FedCurvTests(ClusterFixture fixture)
{
    private static readonly ModelManifest Layout = CurvatureLayout.Of(TestModel.Manifest);

    // Only ann counts in the first round, since bob never hands in his validation, and only bob in the second.
    [Fact]
    public async Task Sums_AreOfThoseOfTheLastRound_AndSurviveEveryActivation()
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = Plan };
        await federation.StartAsync();
        await OfferAsync(federation, "bob", 0, 8);
        await federation.ValidateAsync("ann", 0);
        await OfferAsync(federation, "ann", 0, 4);
        await federation.RoundOpensAsync(1);

        await federation.DeactivateAllAsync(1);
        await federation.RunAsync();

        var (ann, bob) = (await federation.GetWorkAsync("ann"), await federation.GetWorkAsync("bob"));
        Assert.Equal((0, null), (ann.ControlRound, bob.ControlRound));
        var sums = bob.Bundles.Find(BundleKinds.Control)!;
        Assert.Equal((Layout.Hash, 4f, 8f), (sums.ManifestHash, Read(federation, sums, 0), Read(federation, sums, 2)));

        await federation.ValidateAsync("bob", 1);
        await OfferAsync(federation, "bob", 1, 6);
        await federation.EndAsync();
        var state = await federation.Grain.GetStateAsync();
        Assert.Equal(6, Read(federation, state.Current.Find(BundleKinds.Control)!, 0));
        Assert.Equal([("bob", 1)], state.Controls!.Rounds.Select(entry => (entry.Key.Value, entry.Value)));
    }

    [Fact]
    public async Task Parts_OfAThirdLayout_AreRefused()
    {
        var federation = new TestFederation(fixture, "ann") { Plan = Plan };
        await federation.StartAsync();
        var model = federation.Push("ann", 0, TestModel.With(1));
        var optimizer = new ModelManifest([new("layer.weight", ElementType.Float32, new(1))]);
        var part = model with { Kind = BundleKinds.Control, ManifestHash = optimizer.Hash, ByteLength = optimizer.ByteLength };
        var refused = Assert.IsType<IntakeOutcome.Refused>(await federation.OfferAsync("ann", 0, new("train", 1, [], [model, part]), optimizer));
        Assert.StartsWith("The control tensors are not laid out as the experiment's model: tensor 0 is layer.weight", refused.Message, StringComparison.Ordinal);
    }

    private static ExperimentPlan Plan => TestFederation.PlanOf(2, new("percentage", new Dictionary<string, double> { ["percent_collaborators_needed"] = 0.5 })) with
    {
        Tasks = [new("validate", PolicyChoice.Named("weighted_average")), new("train", PolicyChoice.Named("fed_curv"))],
    };

    private static Task<IntakeOutcome> OfferAsync(TestFederation federation, string name, int round, float fisher)
    {
        var model = federation.Push(name, round, TestModel.With(1, round));
        var bytes = new byte[Layout.ByteLength];
        MemoryMarshal.Write(bytes.AsSpan(), fisher);
        MemoryMarshal.Write(bytes.AsSpan((int)Layout.OffsetOf(2)), 2 * fisher);
        var part = federation.Push(name, round, bytes) with { Kind = BundleKinds.Control, ManifestHash = Layout.Hash };
        return federation.OfferAsync(name, round, new("train", 1, [], [model, part]));
    }

    private float Read(TestFederation federation, TensorBundle bundle, int tensor)
    {
        using var reader = fixture.Store.TryOpen(TensorScope.Models(federation.Experiment), bundle.Digest)!;
        var first = new byte[sizeof(float)];
        reader.Read(Layout.OffsetOf(tensor), first);
        return MemoryMarshal.Read<float>(first);
    }
}
