namespace Actors.Grains.Tensors;

/// <summary>Reads stored tensor bytes at any place. Safe for use by many threads.</summary>
public interface ITensorReader : IDisposable
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset; the bytes asked for must all exist.</summary>
    /// <exception cref="TensorStoreException">The file ended early or cannot be read.</exception>
    void Read(long offset, Span<byte> destination);
}
