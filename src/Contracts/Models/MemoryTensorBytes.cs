using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>A model's bytes in memory.</summary>
public sealed class MemoryTensorBytes : ITensorBytes
{
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>Looks at bytes that stay the caller's and must not change meanwhile.</summary>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the manifest says.</exception>
    public MemoryTensorBytes(ModelManifest manifest, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (bytes.Length != manifest.ByteLength)
        {
            throw new ArgumentException(
                $"The model has {bytes.Length} bytes, its manifest says {manifest.ByteLength}.", nameof(bytes));
        }

        (Manifest, _bytes) = (manifest, bytes);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        TensorRange.Require(Manifest, offset, destination.Length);
        _bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
