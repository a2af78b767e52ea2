using System.Buffers;

using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>
/// Brings the global model into the local store: as the encoded change of the one before where that is here, else whole. Both come to the same
/// bytes, which the digest confirms; a change that does not is followed by the whole model.
/// </summary>
internal sealed partial class ModelDownload(TensorDownload download, LocalTensorStore store, ILogger<ModelDownload> logger)
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Sees to it that the store holds the model; false when the aggregator does not have it any more.</summary>
    public async Task<bool> FetchAsync(string experiment, Wire.TensorBundle model, ModelManifest layout, CancellationToken cancellationToken) =>
        store.Holds(TensorDigest.Parse(model.Digest), model.ByteLength)
        || await RebuildAsync(experiment, model, layout, cancellationToken)
        || await download.FetchAsync(experiment, model, cancellationToken);

    private async Task<bool> RebuildAsync(string experiment, Wire.TensorBundle model, ModelManifest layout, CancellationToken cancellationToken)
    {
        if (model.Encoding is not { Basis.Length: > 0 } encoding || !store.Holds(TensorDigest.Parse(encoding.Basis), model.ByteLength))
        {
            return false;
        }

        var change = new Wire.TensorBundle { Kind = $"{model.Kind} change", Digest = encoding.Digest, ByteLength = encoding.ByteLength };
        if (!await download.FetchAsync(experiment, change, cancellationToken))
        {
            return false;
        }

        var rebuilt = await Task.Run(() => Rebuild(encoding, layout), cancellationToken);
        store.Remove(TensorDigest.Parse(encoding.Digest));
        if (rebuilt != TensorDigest.Parse(model.Digest))
        {
            LogOtherModel(model.Digest, encoding.Basis);
            store.Remove(TensorDigest.Parse(encoding.Basis));
            return false;
        }

        store.Adopt(rebuilt.Value);
        return true;
    }

    // Null when the bytes are no encoded change.
    private TensorDigest? Rebuild(Wire.TensorEncoding encoding, ModelManifest layout)
    {
        using var change = new PlacedFile(store.PathOf(TensorDigest.Parse(encoding.Digest)));
        using var basis = new PlacedFile(store.PathOf(TensorDigest.Parse(encoding.Basis)));
        using var model = new DigestedFile(store.ScratchPath);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var tensors = new EncodedTensors(layout, change.Read, change.Length, basis.Read);
            for (var offset = 0L; offset < layout.ByteLength; offset += PieceBytes)
            {
                var bytes = piece.AsSpan(0, (int)Math.Min(PieceBytes, layout.ByteLength - offset));
                tensors.Read(offset, bytes);
                model.Append(bytes);
            }

            return model.Close();
        }
        catch (FormatException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The change of the model {Basis} does not come to {Digest}; the whole model is downloaded.")]
    private partial void LogOtherModel(string digest, string basis);
}
