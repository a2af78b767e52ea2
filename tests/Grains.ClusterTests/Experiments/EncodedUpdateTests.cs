using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>Updates that arrive as a pipeline wrote them are checked, and aggregated as the models they stand for.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EncodedUpdateTests(ClusterFixture fixture)
{
    private static readonly CompressionPipeline Float16 = new() { Values = ValueFormat.Float16 };

    [Fact]
    public async Task Changes_OfSeveralRounds_AreAggregatedAsTheModelsTheyStandFor()
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(2) };
        await federation.StartAsync();
        for (var round = 0; round < 2; round++)
        {
            foreach (var (name, step) in new[] { ("ann", 1f), ("bob", 3f) })
            {
                await federation.ValidateAsync(name, round);
                Assert.Equal(
                    new IntakeOutcome.Accepted(false),
                    await OfferAsync(federation, name, round, TestModel.With((2 * round) + step, 4), TestModel.With(2 * round, 4 * Math.Min(round, 1))));
            }

            await federation.RoundOpensAsync(round + 1);
        }

        Assert.Equal(TestModel.With(4, 4), await federation.ModelAsync());
    }

    [Fact]
    public async Task Values_AndPlainUpdates_MayBeMixed()
    {
        var federation = new TestFederation(fixture, "ann", "bob");
        await federation.StartAsync();
        await federation.ValidateAsync("ann", 0);
        Assert.Equal(new IntakeOutcome.Accepted(false), await OfferAsync(federation, "ann", 0, TestModel.With(1, 4), null));
        await federation.RunTasksAsync("bob", 0, TestModel.With(3, 4));
        await federation.EndAsync();
        Assert.Equal(TestModel.With(2, 4), await federation.ModelAsync());
    }

    [Fact]
    public async Task Change_InATurnOfItsOwn_IsOfTheVersionItStartedFrom()
    {
        var federation = new TestFederation(fixture, "ann")
        {
            Plan = TestFederation.PlanOf(1) with { Stragglers = new("async", new Dictionary<string, double> { ["buffer_size"] = 1 }) },
        };
        await federation.StartAsync();
        await federation.GetWorkAsync("ann");
        await federation.ValidateAsync("ann", 0);
        var scope = TensorScope.Turn(new(federation.Experiment, new("ann")), 0);
        Assert.IsType<IntakeOutcome.Refused>(await OfferAsync(federation, "ann", 0, TestModel.With(1, 4), TestModel.With(9), scope));
        Assert.Equal(new IntakeOutcome.Accepted(false), await OfferAsync(federation, "ann", 0, TestModel.With(1, 4), TestModel.With(0), scope));
        await federation.EndAsync();
        Assert.Equal(TestModel.With(1, 4), await federation.ModelAsync());
    }

    [Fact]
    public async Task Change_OfAnotherModel_IsRefusedWithBoth()
    {
        var federation = new TestFederation(fixture, "ann");
        await federation.StartAsync();
        var other = TestModel.With(9);
        var refused = Assert.IsType<IntakeOutcome.Refused>(await OfferAsync(federation, "ann", 0, TestModel.With(1), other));
        Assert.Equal(
            $"The model tensors are encoded as a change of the model {TensorDigester.Of(other)}, but this work started from "
            + $"{TensorDigester.Of(TestModel.With(0))}. Encode the change of that.",
            refused.Message);
    }

    [Fact]
    public async Task NotANumber_IsFoundInTheDecodedTensors()
    {
        var federation = new TestFederation(fixture, "ann");
        await federation.StartAsync();
        var bad = TestModel.With(1);
        MemoryMarshal.Cast<byte, float>(bad.AsSpan())[2] = float.NaN;
        var refused = Assert.IsType<IntakeOutcome.Refused>(await OfferAsync(federation, "ann", 0, bad, TestModel.With(0)));
        Assert.StartsWith("The model tensor layer.weight[2] = NaN is not finite.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BytesThatNoEncoderWrote_AreRefused()
    {
        var federation = new TestFederation(fixture, "ann");
        await federation.StartAsync();
        var bundle = federation.Push("ann", 0, new byte[100]);
        var update = new TensorBundle(BundleKinds.Model, bundle.Digest, TestModel.Manifest.Hash, TestModel.Manifest.ByteLength)
        {
            Encoding = new(bundle.Digest, 100, null),
        };
        var refused = Assert.IsType<IntakeOutcome.Refused>(await federation.OfferAsync("ann", 0, new(TestFederation.Train, 1, [], [update])));
        Assert.StartsWith("The encoded model tensors cannot be read: The bytes are no encoded tensors.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportThatNamesNoBasis_OfAChange_IsRefused()
    {
        var federation = new TestFederation(fixture, "ann");
        await federation.StartAsync();
        var update = Encode(federation, "ann", TensorScope.Updates(new(federation.Experiment, 0)), TestModel.With(1), TestModel.With(0));
        var nameless = update with { Encoding = update.Encoding! with { Basis = null } };
        Assert.IsType<IntakeOutcome.Refused>(await federation.OfferAsync("ann", 0, new(TestFederation.Train, 1, [], [nameless])));
    }

    private static Task<IntakeOutcome> OfferAsync(
        TestFederation federation, string name, int round, byte[] update, byte[]? basis, TensorScope? scope = null)
    {
        var bundle = Encode(federation, name, scope ?? TensorScope.Updates(new(federation.Experiment, round)), update, basis);
        return federation.OfferAsync(name, round, new(TestFederation.Train, 1, [], [bundle]));
    }

    private static TensorBundle Encode(TestFederation federation, string name, TensorScope scope, byte[] update, byte[]? basis)
    {
        TensorDigest? digest = basis is null ? null : TensorDigester.Of(basis);
        var bytes = new MemoryStream();
        new TensorEncoder(TestModel.Manifest, new(Float16, 1, TestModel.Manifest.Hash, digest))
            .Write(At(update), basis is null ? null : At(basis), bytes.Write);
        var pushed = federation.Push(scope, name, bytes.ToArray());
        return new(BundleKinds.Model, TensorDigester.Of(update), TestModel.Manifest.Hash, update.Length)
        {
            Encoding = new(pushed.Digest, bytes.Length, digest),
        };
    }

    private static ReadAt At(byte[] bytes) => (offset, destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
