using Actors.Contracts.Models;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Silo.Records;

/// <summary>A stored bundle as the bytes of a model.</summary>
internal sealed class StoredTensorBytes(ITensorReader reader, ModelManifest manifest) : ITensorBytes
{
    /// <inheritdoc/>
    public ModelManifest Manifest => manifest;

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination) => reader.Read(offset, destination);
}
