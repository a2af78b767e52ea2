using System.Buffers.Binary;
using System.IO.Compression;

namespace Actors.Experiments.Virtual;

/// <summary>
/// An array of bytes in the IDX format: two zero bytes, the element type, the number of axes, the axes (big-endian), the elements.
/// </summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 8;

    /// <summary>Reads a file, compressed when its name ends in .gz.</summary>
    /// <returns>The lengths of the axes, outermost first, and the elements, row-major.</returns>
    /// <exception cref="InvalidDataException">It is not such a file, holds other elements than bytes, or ends early.</exception>
    public static (IReadOnlyList<int> Axes, byte[] Elements) Read(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        try
        {
            Span<byte> word = stackalloc byte[4];
            stream.ReadExactly(word);
            if (word[0] != 0 || word[1] != 0 || word[2] != UnsignedByte)
            {
                throw new InvalidDataException($"It starts with {Convert.ToHexString(word)}.");
            }

            var axes = new int[word[3]];
            foreach (ref var axis in axes.AsSpan())
            {
                stream.ReadExactly(word);
                axis = BinaryPrimitives.ReadInt32BigEndian(word);
            }

            var elements = new byte[axes.Aggregate(1, (product, axis) => checked(product * axis))];
            stream.ReadExactly(elements);
            return (axes, elements);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException($"{path} is no complete IDX file of bytes: {problem.Message} Get it again.", problem);
        }
    }
}
