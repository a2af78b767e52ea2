using System.Buffers.Binary;

namespace Actors.Contracts.Compression;

/// <summary>
/// Positions as the gaps between them in Golomb-Rice code, as sparse ternary compression has it (Sattler et al., 2019, algorithm 3): about
/// log₂(1/p) + 1.5 bits a position when a share p of the elements is kept. The code's parameter is the best for the gaps at hand.
/// </summary>
internal static class Positions
{
    private const int HeadBytes = sizeof(ushort) + 1;
    private const int MostBits = 16;

    /// <summary>The most bytes that <see cref="Write"/> writes.</summary>
    public static int MaximumBytes(int elements) => HeadBytes + ((elements * 2) + 7) / 8;

    /// <summary>Writes positions; with the best parameter no longer than with 0, which takes a bit an element and one a position.</summary>
    /// <param name="positions">Rising, each below 65,536; at most 65,535 of them.</param>
    /// <param name="destination">At least <see cref="MaximumBytes"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<int> positions, Span<byte> destination)
    {
        var low = BestBits(positions);
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)positions.Length);
        destination[sizeof(ushort)] = (byte)low;
        var gaps = new BitWriter(destination[HeadBytes..]);
        var next = 0;
        foreach (var position in positions)
        {
            var gap = (uint)(position - next);
            gaps.WriteUnary(gap >> low);
            gaps.Write(gap & ((1u << low) - 1), low);
            next = position + 1;
        }

        return HeadBytes + gaps.Finish();
    }

    /// <summary>Reads positions.</summary>
    /// <param name="encoded">Begins with what <see cref="Write"/> wrote.</param>
    /// <param name="positions">Is filled; as long as there are elements.</param>
    /// <param name="bytes">How many bytes they took.</param>
    /// <returns>How many positions.</returns>
    /// <exception cref="FormatException">The bytes end early, or a position lies outside.</exception>
    public static int Read(ReadOnlySpan<byte> encoded, Span<int> positions, out int bytes)
    {
        if (encoded.Length < HeadBytes)
        {
            throw new FormatException($"The encoded positions have {encoded.Length} bytes, at least {HeadBytes} are needed. Send the tensors again.");
        }

        var (count, low) = (BinaryPrimitives.ReadUInt16LittleEndian(encoded), encoded[sizeof(ushort)]);
        if (count > positions.Length || low > MostBits)
        {
            throw new FormatException($"{count} of {positions.Length} elements in Rice code of {low} bits cannot be. Send the tensors again.");
        }

        var gaps = new BitReader(encoded[HeadBytes..]);
        var next = 0L;
        for (var i = 0; i < count; i++)
        {
            next += ((long)gaps.ReadUnary() << low) + gaps.Read(low);
            positions[i] = next < positions.Length
                ? (int)next++
                : throw new FormatException($"Encoded position {next} lies outside of {positions.Length} elements. Send the tensors again.");
        }

        bytes = HeadBytes + gaps.BytesRead;
        return count;
    }

    private static int BestBits(ReadOnlySpan<int> positions)
    {
        var (best, least) = (0, long.MaxValue);
        for (var low = 0; low <= MostBits; low++)
        {
            var (bits, next) = (0L, 0);
            foreach (var position in positions)
            {
                bits += ((position - next) >> low) + 1 + low;
                next = position + 1;
            }

            if (bits < least)
            {
                (best, least) = (low, bits);
            }
        }

        return best;
    }
}
