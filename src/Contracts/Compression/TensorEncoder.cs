using System.Buffers.Binary;
using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression;

/// <summary>
/// Writes a model's bytes in encoded form, chunk by chunk: a header, the chunks, the length of each. With a basis, the float32 elements are
/// encoded as changes of it, x − b; all others as they are. With error feedback (Stich et al., 2018, algorithm 1), what the last encoding
/// left out is added, and what this one leaves out is given away: p = x − b + e, e' = p − decode(encode(p)). Holds a few chunks in memory.
/// </summary>
public sealed class TensorEncoder
{
    private readonly EncodedHeader _header;
    private readonly ModelManifest _manifest;
    private readonly ChunkCodec _codec;
    private readonly byte[] _chunk = new byte[EncodedChunks.Bytes];
    private readonly byte[] _other = new byte[EncodedChunks.Bytes];
    private readonly byte[] _encoded = new byte[EncodedChunks.Bytes + ChunkCodec.MaximumOverhead];

    /// <summary>Makes an encoder.</summary>
    /// <param name="manifest">The layout; its hash is the header's.</param>
    /// <param name="header">What the bytes will say of themselves.</param>
    /// <exception cref="ArgumentException">The header is of another layout, or its pipeline out of range.</exception>
    public TensorEncoder(ModelManifest manifest, EncodedHeader header)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(header);
        if (header.ManifestHash != manifest.Hash)
        {
            throw new ArgumentException($"The header is of layout {header.ManifestHash}, the tensors are of {manifest.Hash}.", nameof(header));
        }

        (_manifest, _header, _codec) = (manifest, header, new(header.Pipeline, header.Seed));
    }

    /// <summary>Encodes. The same arguments give the same bytes.</summary>
    /// <param name="values">Reads the model's bytes.</param>
    /// <param name="basis">Reads those of the header's basis; null when it has none.</param>
    /// <param name="write">Takes the encoded bytes, in order.</param>
    /// <param name="feedback">What the last encoding left out, and who takes what this one does; null without error feedback.</param>
    /// <exception cref="ArgumentException">A basis is given and the header has none, or the other way round.</exception>
    public void Write(ReadAt values, ReadAt? basis, Action<ReadOnlySpan<byte>> write, ErrorFeedback? feedback = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(write);
        if (basis is null != _header.Basis is null)
        {
            throw new ArgumentException("A basis needs its digest in the header, and a digest in the header a basis.", nameof(basis));
        }

        _header.Write(_encoded);
        write(_encoded.AsSpan(0, EncodedHeader.ByteLength));
        var chunks = new EncodedChunks(_manifest);
        var lengths = new byte[chunks.Count * sizeof(int)];
        for (var i = 0; i < chunks.Count; i++)
        {
            var length = Encode(chunks[i], values, basis, feedback);
            write(_encoded.AsSpan(0, length));
            BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(i * sizeof(int)), length);
        }

        write(lengths);
    }

    private int Encode(EncodedChunk chunk, ReadAt values, ReadAt? basis, ErrorFeedback? feedback)
    {
        var bytes = _chunk.AsSpan(0, chunk.Length);
        var other = _other.AsSpan(0, chunk.Length);
        values(chunk.Offset, bytes);
        if (!chunk.IsFloat32)
        {
            other.Clear();
            feedback?.Keep(other);
            return _codec.EncodeBytes(bytes, _encoded);
        }

        var elements = MemoryMarshal.Cast<byte, float>(bytes);
        var others = MemoryMarshal.Cast<byte, float>(other);
        if (basis is not null)
        {
            basis(chunk.Offset, other);
            Subtract(elements, others);
        }

        if (feedback?.Last is { } last)
        {
            last(chunk.Offset, other);
            Add(elements, others);
        }

        chunk.Run.ClearPadding(chunk.Offset, bytes);
        var length = _codec.Encode(chunk.Index, elements, _encoded);
        if (feedback is not null)
        {
            _codec.Decode(chunk.Index, _encoded.AsSpan(0, length), others);
            Subtract(elements, others);
            RemoveNonFinite(elements);
            chunk.Run.ClearPadding(chunk.Offset, bytes);
            feedback.Keep(bytes);
        }

        return length;
    }

    private static void Add(Span<float> values, ReadOnlySpan<float> others)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += others[i];
        }
    }

    private static void Subtract(Span<float> values, ReadOnlySpan<float> others)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= others[i];
        }
    }

    // A NaN is refused once; fed back, it would come again in every later round.
    private static void RemoveNonFinite(Span<float> values)
    {
        foreach (ref var value in values)
        {
            value = float.IsFinite(value) ? value : 0;
        }
    }
}
