using System.Buffers;
using System.Runtime.InteropServices;

namespace Actors.Contracts.Compression;

/// <summary>
/// Writes and reads one chunk of float32 elements by a pipeline. The bytes depend on pipeline, seed, chunk number and values, and on nothing
/// else. A chunk that the pipeline cannot write is written as it is: one with NaN or infinity, so that the reader finds them where
/// they were, one out of a format's range, and one that the pipeline would make longer. Safe for use by many threads.
/// </summary>
public sealed class ChunkCodec
{
    private readonly CompressionPipeline _pipeline;
    private readonly IValueCodec _values;
    private readonly ulong _seed;

    /// <summary>Makes a codec.</summary>
    /// <param name="pipeline">What is done.</param>
    /// <param name="seed">The reader's is the writer's.</param>
    /// <exception cref="ArgumentException">A setting of the pipeline is out of range.</exception>
    public ChunkCodec(CompressionPipeline pipeline, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (pipeline.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(pipeline));
        }

        (_pipeline, _seed) = (pipeline, seed);
        _values = pipeline.Values switch
        {
            ValueFormat.Float16 => new Float16Values(),
            ValueFormat.BFloat16 => new BFloat16Values(),
            ValueFormat.Int8 => new QuantizedValues(8),
            ValueFormat.Int4 => new QuantizedValues(4),
            ValueFormat.Ternary => new TernaryValues(),
            ValueFormat.KMeans => new KMeansValues(pipeline.Clusters),
            ValueFormat.Eden => new EdenValues(pipeline.Bits),
            _ => new Float32Values(),
        };
    }

    /// <summary>The most elements of a chunk.</summary>
    public static int MaximumElements => ushort.MaxValue;

    /// <summary>The most bytes that a chunk's form has beyond the bytes of its elements.</summary>
    public static int MaximumOverhead => 1;

    /// <summary>Writes a chunk.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="elements">At most <see cref="MaximumElements"/>.</param>
    /// <param name="destination">At least <see cref="MaximumOverhead"/> longer than the elements.</param>
    /// <returns>The number of bytes written.</returns>
    public int Encode(long chunk, ReadOnlySpan<float> elements, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elements.Length, MaximumElements);
        var raw = MemoryMarshal.AsBytes(elements);
        var rented = ArrayPool<byte>.Shared.Rent(Positions.MaximumBytes(elements.Length) + _values.MaximumBytes(elements.Length));
        try
        {
            var length = elements.IsEmpty || !AreFinite(elements) ? -1 : EncodeValues(chunk, elements, rented);
            return length < 0 || length > raw.Length
                ? ChunkBytes.Write(raw, ChunkForm.Raw, _pipeline.ZstdLevel, destination)
                : ChunkBytes.Write(rented.AsSpan(0, length), ChunkForm.Encoded, _pipeline.ZstdLevel, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes a chunk of other tensors: their bytes as they are, compressed where the pipeline compresses bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="destination">At least <see cref="MaximumOverhead"/> longer than the bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public int EncodeBytes(ReadOnlySpan<byte> bytes, Span<byte> destination) =>
        ChunkBytes.Write(bytes, ChunkForm.Raw, _pipeline.ZstdLevel, destination);

    /// <summary>Reads what <see cref="EncodeBytes"/> wrote.</summary>
    /// <param name="encoded">Exactly that.</param>
    /// <param name="bytes">Is filled; as long as what was written.</param>
    /// <exception cref="FormatException">The bytes are not what was written for so many.</exception>
    public static void DecodeBytes(ReadOnlySpan<byte> encoded, Span<byte> bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var payload = ChunkBytes.Read(encoded, rented.AsSpan(0, bytes.Length), out _);
            EncodedLength.Require(payload, bytes.Length);
            payload.CopyTo(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="encoded">Exactly what <see cref="Encode"/> wrote.</param>
    /// <param name="elements">Is filled; as long as what was written.</param>
    /// <exception cref="FormatException">The bytes are not what this codec writes for so many elements.</exception>
    public void Decode(long chunk, ReadOnlySpan<byte> encoded, Span<float> elements)
    {
        var raw = MemoryMarshal.AsBytes(elements);
        var rented = ArrayPool<byte>.Shared.Rent(MaximumPayload(elements.Length));
        try
        {
            var payload = ChunkBytes.Read(encoded, rented.AsSpan(0, MaximumPayload(elements.Length)), out var form);
            if (form == ChunkForm.Raw)
            {
                EncodedLength.Require(payload, raw.Length);
                payload.CopyTo(raw);
            }
            else
            {
                DecodeValues(chunk, payload, elements);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private int MaximumPayload(int elements) =>
        Math.Max(elements * sizeof(float), Positions.MaximumBytes(elements) + _values.MaximumBytes(elements));

    private int EncodeValues(long chunk, ReadOnlySpan<float> elements, Span<byte> destination)
    {
        var random = new SeededRandom(_seed, (ulong)chunk);
        if (_pipeline.Fraction == 1)
        {
            return _values.Encode(elements, random, destination);
        }

        var positions = ArrayPool<int>.Shared.Rent(elements.Length);
        var kept = ArrayPool<float>.Shared.Rent(elements.Length);
        try
        {
            var count = TopK.Select(elements, _pipeline.Fraction, positions);
            for (var i = 0; i < count; i++)
            {
                kept[i] = elements[positions[i]];
            }

            var head = Positions.Write(positions.AsSpan(0, count), destination);
            var written = count == 0 ? 0 : _values.Encode(kept.AsSpan(0, count), random, destination[head..]);
            return written < 0 ? -1 : head + written;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(positions);
            ArrayPool<float>.Shared.Return(kept);
        }
    }

    private void DecodeValues(long chunk, ReadOnlySpan<byte> payload, Span<float> elements)
    {
        var random = new SeededRandom(_seed, (ulong)chunk);
        if (_pipeline.Fraction == 1)
        {
            _values.Decode(payload, random, elements);
            return;
        }

        var positions = ArrayPool<int>.Shared.Rent(elements.Length);
        var kept = ArrayPool<float>.Shared.Rent(elements.Length);
        try
        {
            var count = Positions.Read(payload, positions.AsSpan(0, elements.Length), out var head);
            if (count > 0)
            {
                _values.Decode(payload[head..], random, kept.AsSpan(0, count));
            }
            else
            {
                EncodedLength.Require(payload, head);
            }

            elements.Clear();
            for (var i = 0; i < count; i++)
            {
                elements[positions[i]] = kept[i];
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(positions);
            ArrayPool<float>.Shared.Return(kept);
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> elements)
    {
        foreach (var element in elements)
        {
            if (!float.IsFinite(element))
            {
                return false;
            }
        }

        return true;
    }
}
