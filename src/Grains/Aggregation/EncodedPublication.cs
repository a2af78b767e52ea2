using System.Buffers;

using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Publishes what an aggregation came to, x', as a change of the current model x that can be sent encoded: x'' = x + decode(encode(x' − x)). It is
/// x'' that the experiment goes on with: who holds x makes it of the encoded change, who does not pulls it whole, and all have the
/// same bytes. What the encoding leaves out goes with the next round's where its pipeline needs that (Sattler et al., 2019, algorithm 2).
/// </summary>
internal sealed class EncodedPublication(ITensorStore store, CompressionPipeline pipeline)
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Runs on the calling thread. The same tensors give the same bytes.</summary>
    /// <param name="task">The task that the aggregate is of.</param>
    /// <param name="manifest">The model's layout.</param>
    /// <param name="aggregate">What the rule came to.</param>
    /// <param name="current">What the round started from.</param>
    /// <returns>The model to publish, and behind it what its encoding left out, if that is kept.</returns>
    /// <exception cref="TensorStoreException">Bytes cannot be read or not written.</exception>
    public IReadOnlyList<TensorBundle> Publish(TaskId task, ModelManifest manifest, TensorBundle aggregate, IReadOnlyList<TensorBundle> current)
    {
        var basis = current.Find(aggregate.Kind)!.Digest;
        var models = TensorScope.Models(task.Round.Experiment);
        var kind = BundleKinds.Residual(task.Task);
        using var left = pipeline.NeedsErrorFeedback ? store.CreateStage(models, $"{task.Task}.{kind}") : null;
        var encoding = Encode(task, manifest, aggregate.Digest, basis, current.Find(kind)?.Digest, left);
        var published = new TensorBundle(aggregate.Kind, Decode(task, manifest, encoding), manifest.Hash, manifest.ByteLength) { Encoding = encoding };
        return left is null ? [published] : [published, new(kind, left.Commit(), manifest.Hash, manifest.ByteLength)];
    }

    private TensorEncoding Encode(
        TaskId task, ModelManifest manifest, TensorDigest aggregate, TensorDigest basis, TensorDigest? leftBefore, ITensorStage? left)
    {
        var models = TensorScope.Models(task.Round.Experiment);
        var encoder = new TensorEncoder(manifest, new(pipeline, EncodingSeed.Of($"{task}"), manifest.Hash, basis));
        using var values = store.Open(models, aggregate);
        using var model = store.Open(models, basis);
        using var before = leftBefore is { } digest ? store.Open(models, digest) : null;
        using var stage = store.CreateStage(models, $"{task.Task}.encoded");
        encoder.Write(values.Read, model.Read, stage.Append, left is null ? null : new(before is null ? null : before.Read, left.Append));
        var length = stage.Length;
        return new(stage.Commit(), length, basis);
    }

    private TensorDigest Decode(TaskId task, ModelManifest manifest, TensorEncoding encoding)
    {
        var models = TensorScope.Models(task.Round.Experiment);
        using var decoded = new EncodedTensorReader(manifest, store.Open(models, encoding.Digest), store.Open(models, encoding.Basis!.Value));
        using var stage = store.CreateStage(models, $"{task.Task}.published");
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var offset = 0L; offset < decoded.Length; offset += PieceBytes)
            {
                var bytes = piece.AsSpan(0, (int)Math.Min(PieceBytes, decoded.Length - offset));
                decoded.Read(offset, bytes);
                stage.Append(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return stage.Commit();
    }
}
