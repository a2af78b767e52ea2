using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>A model is published as a change of the one before: encoded for those who hold that, whole for others, the same for both.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EncodedPublicationTests(ClusterFixture fixture)
{
    private static readonly CompressionPipeline Signs = new() { Values = ValueFormat.Ternary };

    [Fact]
    public async Task Model_IsTheBasisAndTheDecodedChange()
    {
        var federation = await StartAsync(new() { Values = ValueFormat.BFloat16 });
        await federation.RunTasksAsync("ann", 0, TestModel.With(1.2345f, 4));
        await federation.EndAsync();

        var state = await federation.Grain.GetStateAsync();
        var published = state.Current.Find(BundleKinds.Model)!;
        Assert.Equal(await federation.ModelAsync(), Decode(federation, published));
        Assert.NotEqual(TestModel.With(1.2345f, 4), await federation.ModelAsync());
        Assert.Equal(published, (await federation.Grain.GetCurrentAsync()).HandedOut.Single());
    }

    [Fact]
    public async Task WhatTheEncodingLeavesOut_IsKept_AndGoesWithTheNextRound()
    {
        var federation = await StartAsync(Signs, rounds: 2);
        await federation.RunTasksAsync("ann", 0, TestModel.With(1, 4));
        await federation.RoundOpensAsync(1);

        // Changes of 1 to 7 and the padding: 28 / 8 each. Left are −2.5 to 3.5.
        var first = await federation.ModelAsync();
        float[] left = [-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 3.5f];
        Assert.Equal(Enumerable.Repeat(3.5f, 7), Weights(first));
        Assert.Equal(left, Weights(await ResidualAsync(federation)));

        await federation.DeactivateAllAsync(1);
        await federation.RunAsync();
        await federation.RunTasksAsync("ann", 1, first);
        await federation.EndAsync();

        // Nothing new but what was left: 12.5 / 8 each, with its sign.
        float[] second = [1.9375f, 1.9375f, 1.9375f, 5.0625f, 5.0625f, 5.0625f, 5.0625f];
        Assert.Equal(second, Weights(await federation.ModelAsync()));
        Assert.Equal([BundleKinds.Model], (await federation.Grain.GetCurrentAsync()).HandedOut.Select(bundle => bundle.Kind));
    }

    [Fact]
    public async Task EncodedChange_StaysInTheStoreAsLongAsItsModel()
    {
        var federation = await StartAsync(Signs, rounds: 3);
        var encodings = new List<TensorEncoding>();
        for (var round = 0; round < 2; round++)
        {
            await federation.RunTasksAsync("ann", round, TestModel.With(round + 1, 4));
            var current = await federation.RoundOpensAsync(round + 1);
            encodings.Add(current.Bundles.Find(BundleKinds.Model)!.Encoding!);
        }

        await federation.RunTasksAsync("ann", 2, TestModel.With(3, 4));
        await federation.EndAsync();
        var last = (await federation.Grain.GetStateAsync()).Current.Find(BundleKinds.Model)!;
        var held = fixture.Store.List(TensorScope.Models(federation.Experiment));
        Assert.Contains(last.Encoding!.Digest, held);
        Assert.DoesNotContain(encodings[0].Digest, held);
    }

    private async Task<TestFederation> StartAsync(CompressionPipeline pipeline, int rounds = 1)
    {
        var federation = new TestFederation(fixture, "ann") { Plan = TestFederation.PlanOf(rounds) with { Publishing = pipeline } };
        await federation.StartAsync();
        return federation;
    }

    // As a collaborator does that has pulled the change and holds the model before.
    private byte[] Decode(TestFederation federation, TensorBundle published)
    {
        var models = TensorScope.Models(federation.Experiment);
        using var change = fixture.Store.TryOpen(models, published.Encoding!.Digest)!;
        Assert.Equal(published.Encoding.ByteLength, change.Length);
        var before = TestModel.With(0);
        var tensors = new EncodedTensors(
            TestModel.Manifest, change.Read, change.Length, (offset, bytes) => before.AsSpan((int)offset, bytes.Length).CopyTo(bytes));
        var model = new byte[TestModel.Manifest.ByteLength];
        tensors.Read(0, model);
        return model;
    }

    private async Task<byte[]> ResidualAsync(TestFederation federation)
    {
        var residual = (await federation.Grain.GetStateAsync()).Current.Find(BundleKinds.Residual(TestFederation.Train))!;
        using var reader = fixture.Store.TryOpen(TensorScope.Models(federation.Experiment), residual.Digest)!;
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        return bytes;
    }

    private static float[] Weights(byte[] model) => MemoryMarshal.Cast<byte, float>(model.AsSpan(0, TestModel.Weights * sizeof(float))).ToArray();
}
