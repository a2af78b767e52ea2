using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation.Tests;

/// <summary>Runs rules over models in memory.</summary>
internal static class Aggregation
{
    /// <summary>Opens bytes in memory.</summary>
    public static Func<ITensorReader> Reader(byte[] bytes) => () => new MemoryReader(bytes);

    /// <summary>The next model from updates of the current one.</summary>
    public static Aggregated Run(
        ModelManifest manifest, PolicyChoice choice, byte[]? model, (byte[] Bytes, long Samples)[] updates, int threads = 2, int? elements = null) =>
        Run(manifest, choice, model, [.. updates.Select(update => new UpdateSource(Reader(update.Bytes), update.Samples))], threads, elements);

    /// <inheritdoc cref="Run(ModelManifest, PolicyChoice, byte[], ValueTuple{byte[], long}[], int, int?)"/>
    public static Aggregated Run(
        ModelManifest manifest,
        PolicyChoice choice,
        byte[]? model,
        IReadOnlyList<UpdateSource> updates,
        int threads = 2,
        int? elements = null,
        IReadOnlyList<byte[]>? before = null)
    {
        var (stage, rule) = (new MemoryStage(), AggregationRules.BuiltIn.Find(choice.Name));
        var stages = ((rule as ServerRule)?.States ?? []).Select(_ => new MemoryStage()).ToList();
        using var files = new UpdateFiles(updates, model is null ? null : Reader(model));
        var aggregation = new BundleAggregation(rule, choice, manifest, files) { Threads = threads };
        aggregation = elements is null ? aggregation : new(rule, choice, manifest, files) { Threads = threads, BlockElements = _ => elements.Value };
        var measures = aggregation.Run(
            stage, [.. stages.Select((after, state) => new ServerStateFile(before is null ? null : new MemoryReader(before[state]), after))]);
        Assert.Equal(manifest.ByteLength, stage.Length);
        return new(stage.Bytes.ToArray(), [.. stages.Select(state => state.Bytes.ToArray())], measures);
    }

    /// <summary>The next model of one float64 tensor; every update with the same number of samples unless others are given.</summary>
    public static double[] Of(PolicyChoice choice, double[] model, double[][] updates, params long[] samples)
    {
        var manifest = new ModelManifest([new("w", ElementType.Float64, new(model.Length))]);
        var counted = updates.Select((update, i) => (ModelBytes.Of(manifest, update), samples.Length > 0 ? samples[i] : 1L)).ToArray();
        return ModelBytes.Tensor(manifest, Run(manifest, choice, ModelBytes.Of(manifest, model), counted).Bytes, 0);
    }
}

/// <summary>What a rule came to.</summary>
internal sealed record Aggregated(byte[] Bytes, IReadOnlyList<byte[]> States, IReadOnlyList<UpdateMeasure> Measures);
