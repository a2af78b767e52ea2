using System.Collections.Concurrent;
using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;
using Actors.Grains.Hosting;
using Actors.Grains.Tensors;

using Google.Protobuf;

namespace Actors.Silo.OpenFl;

/// <summary>
/// Finds single tensors of published models and packs them as the original does: without loss, or as the change by which the model was
/// published. Both lead to the same model, bit for bit.
/// </summary>
internal sealed class OpenFlTensors(IGrainFactory grains, AggregatorOptions options, OpenFlOptions openFl, ITensorStore store)
{
    // A round's model, the one before it, and a few that a slow collaborator may still ask for.
    private const int RoundsRemembered = 8;

    // What a round starts from never changes.
    private readonly ConcurrentDictionary<int, PublishedRound> _rounds = new();

    private ExperimentId Experiment => options.Experiment;

    /// <summary>The tensor that is asked for, whole or as its difference to the round before.</summary>
    public async Task<NamedTensor> FindAsync(GetAggregatedTensorRequest request)
    {
        var isDelta = request.RoundNumber > 0 && request.Tags.Contains(TensorTags.Delta) && request.Tags.Contains(TensorTags.Aggregated);
        if (!isDelta && !request.Tags.Contains(TensorTags.Model))
        {
            throw OpenFlStatus.Never(
                $"The aggregator holds models, no tensor '{request.TensorName}' tagged {string.Join(", ", request.Tags)}. "
                + "A collaborator that was started again in the middle of a round lacks what it trained: start it with the next round.");
        }

        var (round, name) = (request.RoundNumber, request.TensorName);
        var published = await RoundAsync(round);
        var tensor = Find(published, round, name);
        if (!isDelta)
        {
            return Pack(request, tensor.Spec, ReadFloats(tensor), isDelta);
        }

        var before = Find(await RoundAsync(round - 1), round - 1, name);
        if (request.Tags.Contains(TensorTags.LossyCompressed) && !request.RequireLossless && published!.Change(name, () => PackChange(request, tensor, before)) is { } change)
        {
            return change;
        }

        var bytes = ReadFloats(tensor);
        Subtract(ReadFloats(before), bytes);
        return Pack(request, tensor.Spec, bytes, isDelta);
    }

    // As the model was published: what lies in the store is the change of the model before.
    private NamedTensor? PackChange(GetAggregatedTensorRequest request, PublishedTensor tensor, PublishedTensor before)
    {
        if (tensor.Bundle.Encoding is not { } encoding || encoding.Basis != before.Bundle.Digest || tensor.Spec.Type != ElementType.Float32)
        {
            return null;
        }

        using var encoded = store.TryOpen(TensorScope.Models(Experiment), encoding.Digest)
            ?? throw OpenFlStatus.Later($"The change {encoding.Digest} is not in the store.");
        var values = new float[tensor.Spec.Shape.ElementCount];
        new EncodedTensors(tensor.Manifest, encoded.Read, encoded.Length, (_, basis) => basis.Clear())
            .Read(tensor.Offset, MemoryMarshal.AsBytes(values.AsSpan()));
        if (IndexedPacking.TryPack(openFl.Pipeline.Name, AxesOf(tensor.Spec), values) is not var (records, bytes))
        {
            return null;
        }

        var packed = Named(request, tensor.Spec, bytes, TensorTags.Aggregated, TensorTags.Delta, TensorTags.LossyCompressed);
        packed.TransformerMetadata.AddRange(records);
        return packed;
    }

    private static NamedTensor Pack(GetAggregatedTensorRequest request, TensorSpec spec, byte[] bytes, bool isDelta)
    {
        var packed = isDelta
            ? Named(request, spec, bytes, TensorTags.Aggregated, TensorTags.Compressed, TensorTags.Delta)
            : Named(request, spec, bytes, TensorTags.Compressed, TensorTags.Model);
        packed.Lossless = true;
        var shape = new MetadataProto();
        shape.IntList.AddRange(AxesOf(spec));
        packed.TransformerMetadata.Add(shape);
        return packed;
    }

    private static NamedTensor Named(GetAggregatedTensorRequest request, TensorSpec spec, byte[] bytes, params string[] tags) => new()
    {
        Name = spec.Name,
        RoundNumber = request.RoundNumber,
        Report = request.Report,
        Tags = { tags },
        DataBytes = UnsafeByteOperations.UnsafeWrap(bytes),
    };

    private static IEnumerable<int> AxesOf(TensorSpec spec) => spec.Shape.Axes.Select(axis => checked((int)axis));

    private static void Subtract(byte[] bytesBefore, byte[] bytes)
    {
        var before = MemoryMarshal.Cast<byte, float>(bytesBefore.AsSpan());
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= before[i];
        }
    }

    private static PublishedTensor Find(PublishedRound? round, int number, string name) =>
        (round ?? throw OpenFlStatus.Never($"The model of round {number} is not kept any more. Start the collaborator again: it goes on with the running round."))
            .Find(name)
        ?? throw OpenFlStatus.Never($"The model of round {number} has no tensor '{name}'. Start the collaborator again with the network that the plan agreed on.");

    private byte[] ReadFloats(PublishedTensor tensor)
    {
        using var reader = store.TryOpen(TensorScope.Models(Experiment), tensor.Bundle.Digest)
            ?? throw OpenFlStatus.Later($"The model {tensor.Bundle.Digest} is not in the store.");
        var elements = GC.AllocateUninitializedArray<byte>(checked((int)tensor.Spec.ByteLength));
        reader.Read(tensor.Offset, elements);
        if (tensor.Spec.Type == ElementType.Float32)
        {
            return elements;
        }

        var floats = new byte[checked((int)tensor.Spec.Shape.ElementCount * sizeof(float))];
        Floats.From(tensor.Spec.Type, elements, MemoryMarshal.Cast<byte, float>(floats.AsSpan()));
        return floats;
    }

    private async Task<PublishedRound?> RoundAsync(int number)
    {
        if (_rounds.TryGetValue(number, out var known))
        {
            return known;
        }

        var bundles = await grains.GetTensorStore(Experiment).GetRoundAsync(number);
        if (bundles.Count == 0)
        {
            // The round may run and not be in the catalogue yet.
            var current = await grains.GetExperiment(Experiment).GetCurrentAsync();
            bundles = current.Round == number ? current.Bundles : [];
        }

        if (bundles.Count == 0)
        {
            return null;
        }

        foreach (var old in _rounds.Keys.Where(old => old <= number - RoundsRemembered))
        {
            _rounds.TryRemove(old, out _);
        }

        return _rounds[number] = new(bundles, ManifestOf);
    }

    private ModelManifest ManifestOf(TensorBundle bundle) => store.FindManifest(Experiment, bundle.ManifestHash)
        ?? throw OpenFlStatus.Later($"The layout {bundle.ManifestHash} is not in the store.");
}
