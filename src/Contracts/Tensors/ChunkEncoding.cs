using System.Buffers.Binary;

namespace Actors.Contracts.Tensors;

/// <summary>
/// The protobuf bytes of a <c>TensorChunk</c>, and of a <c>PushTensorsRequest</c> that holds one, that stand before its data. Who writes
/// them by itself need not copy the data into a message, and who reads them can take the data as it comes.
/// </summary>
public static class ChunkEncoding
{
    /// <summary>A head is never longer than this.</summary>
    public const int LongestHead = 32;

    private const byte OffsetField = (1 << 3) | 1;
    private const byte DataField = (2 << 3) | 2;
    private const byte ChunkField = (2 << 3) | 2;
    private const int OffsetBytes = 1 + sizeof(ulong);

    /// <summary>Writes the head of a <c>TensorChunk</c>; the data follow it.</summary>
    /// <param name="destination">At least <see cref="LongestHead"/> bytes.</param>
    /// <param name="offset">Where the data belong.</param>
    /// <param name="dataBytes">How many follow.</param>
    /// <returns>The length of the head.</returns>
    public static int WriteChunkHead(Span<byte> destination, long offset, int dataBytes)
    {
        destination[0] = OffsetField;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], (ulong)offset);
        destination[OffsetBytes] = DataField;
        return OffsetBytes + 1 + WriteVarint(destination[(OffsetBytes + 1)..], (ulong)dataBytes);
    }

    /// <summary>Writes the head of a <c>PushTensorsRequest</c> with a chunk; see <see cref="WriteChunkHead"/>.</summary>
    public static int WritePushHead(Span<byte> destination, long offset, int dataBytes)
    {
        Span<byte> chunk = stackalloc byte[LongestHead];
        var head = WriteChunkHead(chunk, offset, dataBytes);
        destination[0] = ChunkField;
        var length = 1 + WriteVarint(destination[1..], (ulong)head + (ulong)dataBytes);
        chunk[..head].CopyTo(destination[length..]);
        return length + head;
    }

    /// <summary>Reads the head of a <c>TensorChunk</c> in the usual order of fields, the offset left out when it is 0.</summary>
    /// <param name="message">The first bytes of the message.</param>
    /// <param name="messageBytes">Its whole length.</param>
    /// <param name="head">What was read.</param>
    /// <returns>False when the message is written in another way, or too little of it is here.</returns>
    public static bool TryReadChunkHead(ReadOnlySpan<byte> message, long messageBytes, out ChunkHead head)
    {
        head = default;
        var (at, offset) = (0, 0UL);
        if (message.Length >= OffsetBytes && message[0] == OffsetField)
        {
            (at, offset) = (OffsetBytes, BinaryPrimitives.ReadUInt64LittleEndian(message[1..]));
        }

        if (message.Length <= at || message[at] != DataField || !TryReadVarint(message[(at + 1)..], out var dataBytes, out var read))
        {
            return false;
        }

        at += 1 + read;
        head = new(at, offset, (long)dataBytes);
        return dataBytes == (ulong)(messageBytes - at);
    }

    /// <summary>Reads the head of a <c>PushTensorsRequest</c> with a chunk; see <see cref="TryReadChunkHead"/>.</summary>
    public static bool TryReadPushHead(ReadOnlySpan<byte> message, long messageBytes, out ChunkHead head)
    {
        head = default;
        if (message.Length < 2 || message[0] != ChunkField || !TryReadVarint(message[1..], out var chunkBytes, out var read))
        {
            return false;
        }

        var at = 1 + read;
        if (chunkBytes != (ulong)(messageBytes - at) || !TryReadChunkHead(message[at..], (long)chunkBytes, out var chunk))
        {
            return false;
        }

        head = chunk with { HeadBytes = at + chunk.HeadBytes };
        return true;
    }

    private static int WriteVarint(Span<byte> destination, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length++] = (byte)value;
        return length;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong value, out int read)
    {
        (value, read) = (0, 0);
        for (var shift = 0; read < bytes.Length && shift < 63; shift += 7)
        {
            var next = bytes[read++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What stands before a chunk's data.</summary>
/// <param name="HeadBytes">Its own length.</param>
/// <param name="Offset">Where the data belong.</param>
/// <param name="DataBytes">How many data follow; they end the message.</param>
public readonly record struct ChunkHead(int HeadBytes, ulong Offset, long DataBytes);
