using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Grains.Tensors;

namespace Actors.Silo.Storage;

/// <summary>Puts a model that an experiment begins with into the aggregator's store.</summary>
public static class StoredModel
{
    private const int CopyBytes = 1 << 20;

    /// <summary>Copies the bytes in, a piece at a time.</summary>
    /// <param name="store">The aggregator's store.</param>
    /// <param name="experiment">Whose model it is.</param>
    /// <param name="kind">The model, or a state of the server optimizer beside it.</param>
    /// <param name="model">The tensors; the caller's again after the call.</param>
    public static TensorBundle Put(ITensorStore store, ExperimentId experiment, string kind, ITensorBytes model)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(model);
        store.PutManifest(experiment, model.Manifest);
        using var stage = store.CreateStage(TensorScope.Models(experiment), $"initial.{kind}");
        var buffer = new byte[Math.Min(CopyBytes, model.Manifest.ByteLength)];
        for (var offset = 0L; offset < model.Manifest.ByteLength; offset += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, model.Manifest.ByteLength - offset));
            model.Read(offset, piece);
            stage.Append(piece);
        }

        return new(kind, stage.Commit(), model.Manifest.Hash, model.Manifest.ByteLength);
    }
}
