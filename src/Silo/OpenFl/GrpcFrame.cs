using System.Buffers;
using System.Buffers.Binary;

namespace Actors.Silo.OpenFl;

/// <summary>The five bytes that gRPC puts before a message: one that says whether it is compressed, four with its length.</summary>
internal static class GrpcFrame
{
    /// <summary>The length of the prefix.</summary>
    public const int PrefixBytes = 5;

    /// <summary>Reads the prefix that a buffer begins with; false while the buffer is shorter than one.</summary>
    /// <exception cref="FormatException">The message is compressed.</exception>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out long messageBytes)
    {
        messageBytes = 0;
        if (buffer.Length < PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        messageBytes = Read(prefix);
        return true;
    }

    /// <summary>Reads a prefix.</summary>
    /// <exception cref="FormatException">The message is compressed: nobody here asked for that.</exception>
    public static long Read(ReadOnlySpan<byte> prefix) =>
        prefix[0] == 0
            ? BinaryPrimitives.ReadUInt32BigEndian(prefix[1..])
            : throw new FormatException("Tensor messages are not compressed: floating-point numbers would not get shorter. Send them as they are.");
}
