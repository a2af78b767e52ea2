using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>A model's bytes, wherever they lie: read range by range, never all at once.</summary>
public interface ITensorBytes
{
    /// <summary>The layout of the bytes.</summary>
    ModelManifest Manifest { get; }

    /// <summary>Copies a range of the bytes out. Padding between tensors reads as zeros. Safe for use by several threads at once.</summary>
    /// <param name="offset">The first byte wanted, from 0 to <see cref="ModelManifest.ByteLength"/>.</param>
    /// <param name="destination">Is filled entirely; the range must not reach past the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches past the end.</exception>
    void Read(long offset, Span<byte> destination);
}
