using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

using Actors.Contracts.Models;
using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression;

/// <summary>
/// Encoded tensors as the model's bytes they stand for, read at any place: only the chunks asked for are decoded. What was encoded as a
/// change is added to its basis, each element rounded once to float32. Keeps a few decoded chunks, so that small reads that follow each other
/// do not decode a chunk again and again; its memory does not depend on the model's size but for eight bytes a chunk of
/// 32 KiB. Safe for use by many threads.
/// </summary>
public sealed class EncodedTensors : ITensorBytes
{
    private const int KeptChunks = 4;

    private readonly ReadAt _source;
    private readonly ReadAt? _basis;
    private readonly EncodedChunks _chunks;
    private readonly ChunkCodec _codec;
    private readonly long[] _starts;
    private readonly Lock _gate = new();
    private readonly (int Chunk, byte[] Bytes)[] _kept = new (int, byte[])[KeptChunks];

    /// <summary>Opens encoded tensors and checks that header and lengths fit together.</summary>
    /// <param name="manifest">Their layout when decoded.</param>
    /// <param name="source">Reads the encoded bytes.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="basis">Reads the model that the header names as basis; null when it names none.</param>
    /// <exception cref="FormatException">The bytes are no encoded tensors of this layout, or a basis is given and they have none, or the other way round.</exception>
    public EncodedTensors(ModelManifest manifest, ReadAt source, long length, ReadAt? basis)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(source);
        (Manifest, _source, _basis) = (manifest, source, basis);
        Header = ReadHeader(source, length);
        if (Header.ManifestHash != manifest.Hash)
        {
            throw new FormatException($"The encoded tensors have the layout {Header.ManifestHash}, expected {manifest.Hash}. Send those of the report.");
        }

        if (basis is null != Header.Basis is null)
        {
            var (here, there) = basis is null ? ("none", "a change of a model") : ("a basis", "no change");
            throw new FormatException($"The encoded tensors are {there}, and they are read with {here}. Report what was encoded.");
        }

        _chunks = new(manifest);
        _codec = new(Header.Pipeline, Header.Seed);
        _starts = ReadStarts(length);
        Array.Fill(_kept, (-1, []));
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <summary>What the tensors say of themselves.</summary>
    public EncodedHeader Header { get; }

    /// <summary>Reads the header of encoded tensors.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static EncodedHeader ReadHeader(ReadAt source, long length)
    {
        ArgumentNullException.ThrowIfNull(source);
        Span<byte> bytes = stackalloc byte[EncodedHeader.ByteLength];
        bytes = bytes[..(int)Math.Min(length, bytes.Length)];
        source(0, bytes);
        return EncodedHeader.Read(bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">A chunk is not what an encoder writes.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        TensorRange.Require(Manifest, offset, destination.Length);
        while (!destination.IsEmpty)
        {
            var chunk = _chunks.At(offset);
            var within = (int)(offset - chunk.Offset);
            var taken = Math.Min(chunk.Length - within, destination.Length);
            if (taken == chunk.Length)
            {
                Decode(chunk, destination[..taken]);
            }
            else
            {
                ReadPart(chunk, within, destination[..taken]);
            }

            destination = destination[taken..];
            offset += taken;
        }
    }

    private void ReadPart(EncodedChunk chunk, int within, Span<byte> destination)
    {
        lock (_gate)
        {
            ref var kept = ref _kept[chunk.Index % KeptChunks];
            if (kept.Chunk != chunk.Index)
            {
                var bytes = kept.Bytes.Length == 0 ? new byte[EncodedChunks.Bytes] : kept.Bytes;
                kept = (-1, bytes);
                Decode(chunk, bytes.AsSpan(0, chunk.Length));
                kept = (chunk.Index, bytes);
            }

            kept.Bytes.AsSpan(within, destination.Length).CopyTo(destination);
        }
    }

    private void Decode(EncodedChunk chunk, Span<byte> destination)
    {
        var length = (int)(_starts[chunk.Index + 1] - _starts[chunk.Index]);
        var rented = ArrayPool<byte>.Shared.Rent(EncodedChunks.Bytes + ChunkCodec.MaximumOverhead);
        try
        {
            var encoded = rented.AsSpan(0, length);
            _source(_starts[chunk.Index], encoded);
            if (!chunk.IsFloat32)
            {
                ChunkCodec.DecodeBytes(encoded, destination);
                return;
            }

            var elements = MemoryMarshal.Cast<byte, float>(destination);
            _codec.Decode(chunk.Index, encoded, elements);
            if (_basis is not null)
            {
                var basis = rented.AsSpan(0, chunk.Length);
                _basis(chunk.Offset, basis);
                var values = MemoryMarshal.Cast<byte, float>(basis);
                for (var i = 0; i < elements.Length; i++)
                {
                    elements[i] = values[i] + elements[i];
                }
            }

            chunk.Run.ClearPadding(chunk.Offset, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private long[] ReadStarts(long length)
    {
        var index = (long)_chunks.Count * sizeof(int);
        if (length < EncodedHeader.ByteLength + index)
        {
            throw new FormatException($"The encoded tensors have {length} bytes, {_chunks.Count} chunks need more. Send them again.");
        }

        var bytes = new byte[index];
        _source(length - index, bytes);
        var starts = new long[_chunks.Count + 1];
        starts[0] = EncodedHeader.ByteLength;
        for (var i = 0; i < _chunks.Count; i++)
        {
            var chunk = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
            if (chunk < 1 || chunk > _chunks[i].Length + ChunkCodec.MaximumOverhead)
            {
                throw new FormatException($"Encoded chunk {i} says that it has {chunk} bytes; its elements have {_chunks[i].Length}. Send the tensors again.");
            }

            starts[i + 1] = starts[i] + chunk;
        }

        return starts[^1] == length - index
            ? starts
            : throw new FormatException($"The encoded chunks have {starts[^1] - starts[0]} bytes, expected {length - index - starts[0]}. Send the tensors again.");
    }
}
