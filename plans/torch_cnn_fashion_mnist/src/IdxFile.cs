using System.Buffers.Binary;
using System.IO.Compression;

namespace TorchCnnFashionMnist;

/// <summary>
/// An array of bytes in the IDX format: two zero bytes, the element type, the number of axes, the axes (big-endian), the
/// elements.
/// </summary>
/// <param name="Axes">The length of each axis, outermost first.</param>
/// <param name="Values">The elements, row-major.</param>
public sealed record IdxFile(IReadOnlyList<int> Axes, byte[] Values)
{
    private const byte UnsignedByte = 8;

    /// <summary>Reads a gzip-compressed file.</summary>
    /// <exception cref="InvalidDataException">It is not such a file, holds other elements than bytes, or ends early.</exception>
    public static IdxFile Read(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        try
        {
            return Read(stream);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException($"{path} is no complete IDX file of bytes: {problem.Message} Delete it and get it again.", problem);
        }
    }

    private static IdxFile Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[4];
        stream.ReadExactly(header);
        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte)
        {
            throw new InvalidDataException($"It starts with {Convert.ToHexString(header)}.");
        }

        var axes = new int[header[3]];
        foreach (ref var axis in axes.AsSpan())
        {
            stream.ReadExactly(header);
            axis = BinaryPrimitives.ReadInt32BigEndian(header);
        }

        var values = new byte[axes.Aggregate(1, (product, axis) => checked(product * axis))];
        stream.ReadExactly(values);
        return new(axes, values);
    }
}
