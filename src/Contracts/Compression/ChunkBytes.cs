using ZstdSharp;

namespace Actors.Contracts.Compression;

/// <summary>
/// The last step of a chunk: a byte that says what the rest is, and the rest, as a zstd frame where the pipeline compresses bytes and that
/// makes them fewer. Each chunk is a frame of its own, so that it can be read without the others.
/// </summary>
internal static class ChunkBytes
{
    private const byte IsEncoded = 1;
    private const byte IsZstd = 2;

    // Their working memory is larger than a chunk and worth keeping.
    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    /// <summary>Writes a chunk.</summary>
    /// <param name="payload">What it holds.</param>
    /// <param name="form">Whether that is encoded.</param>
    /// <param name="level">The level of zstd; 0 for none.</param>
    /// <param name="destination">One byte longer than the payload.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> payload, ChunkForm form, int level, Span<byte> destination)
    {
        destination[0] = form == ChunkForm.Encoded ? IsEncoded : (byte)0;
        if (level > 0 && payload.Length > 1)
        {
            _compressor ??= new();
            _compressor.Level = level;
            if (_compressor.TryWrap(payload, destination.Slice(1, payload.Length - 1), out var length))
            {
                destination[0] |= IsZstd;
                return 1 + length;
            }
        }

        payload.CopyTo(destination[1..]);
        return 1 + payload.Length;
    }

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">Its bytes.</param>
    /// <param name="buffer">Where a frame is unpacked; as long as the longest payload.</param>
    /// <param name="form">Whether the payload is encoded.</param>
    /// <returns>The payload, in the chunk or in the buffer.</returns>
    /// <exception cref="FormatException">The bytes are no chunk, or their payload is longer than the buffer.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> chunk, Span<byte> buffer, out ChunkForm form)
    {
        if (chunk.IsEmpty || chunk[0] > (IsEncoded | IsZstd))
        {
            throw new FormatException("An encoded chunk begins with a byte that is not known here. Send the tensors again.");
        }

        form = (chunk[0] & IsEncoded) != 0 ? ChunkForm.Encoded : ChunkForm.Raw;
        return (chunk[0] & IsZstd) != 0 ? Unpack(chunk[1..], buffer) : chunk[1..];
    }

    private static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> frame, Span<byte> buffer)
    {
        try
        {
            return (_decompressor ??= new()).TryUnwrap(frame, buffer, out var length)
                ? buffer[..length]
                : throw new FormatException($"An encoded chunk unpacks to more than {buffer.Length} bytes. Send the tensors again.");
        }
        catch (ZstdException problem)
        {
            throw new FormatException($"An encoded chunk is no zstd frame: {problem.Message}. Send the tensors again.", problem);
        }
    }
}

/// <summary>What a chunk's payload is.</summary>
internal enum ChunkForm
{
    /// <summary>The elements' bytes.</summary>
    Raw,

    /// <summary>What the pipeline's first two steps made of them.</summary>
    Encoded,
}
