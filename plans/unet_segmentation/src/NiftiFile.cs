using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace UnetSegmentation;

/// <summary>
/// A volume of a NIfTI-1 file (<c>.nii</c>, or <c>.nii.gz</c>), of either byte order: its size and its values, scaled as the header says. What else
/// a header has, such as how the volume lies in the room, is not read.
/// </summary>
/// <param name="Depth">The file's third axis, which varies slowest.</param>
/// <param name="Height">The file's second axis.</param>
/// <param name="Width">The file's first axis.</param>
/// <param name="Values">Row-major, shape <c>[depth, height, width]</c>: <c>slope · stored + intercept</c>, or as stored where the slope is 0.</param>
public sealed record NiftiFile(int Depth, int Height, int Width, float[] Values)
{
    private const int HeaderLength = 348;

    private delegate double Element(ReadOnlySpan<byte> bytes, bool bigEndian);

    // The datatype's code, its length in bytes, and how a value is read.
    private static readonly Dictionary<short, (int Length, Element Read)> Elements = new()
    {
        [2] = (1, (bytes, _) => bytes[0]),
        [256] = (1, (bytes, _) => (sbyte)bytes[0]),
        [4] = (2, (bytes, big) => big ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        [512] = (2, (bytes, big) => big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        [8] = (4, (bytes, big) => big ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        [768] = (4, (bytes, big) => big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        [16] = (4, (bytes, big) => big ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        [64] = (8, (bytes, big) => big ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        [1024] = (8, (bytes, big) => big ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes)),
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is none, ends early, or has values that are not read here; the message says which field and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NiftiFile Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            return Read(stream);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            var what = problem is EndOfStreamException ? "it ends before its last voxel; copy it again." : problem.Message;
            throw new InvalidDataException($"{path} cannot be used: {what}", problem);
        }
    }

    private static NiftiFile Read(Stream stream)
    {
        var header = new byte[HeaderLength];
        stream.ReadExactly(header);
        var big = BinaryPrimitives.ReadInt32BigEndian(header) == HeaderLength;
        if ((!big && BinaryPrimitives.ReadInt32LittleEndian(header) != HeaderLength) || Encoding.ASCII.GetString(header, 344, 3) != "n+1")
        {
            throw new InvalidDataException("it is no NIfTI-1 file with its values inside (n+1); convert it to .nii or .nii.gz.");
        }

        short Short(int offset) => (short)Elements[4].Read(header.AsSpan(offset), big);
        float Single(int offset) => (float)Elements[16].Read(header.AsSpan(offset), big);

        // dim: how many axes, then their lengths; further axes of length 1 do no harm.
        short[] axes = [.. Enumerable.Range(1, 7).Select(axis => axis <= Short(40) ? Short(40 + (2 * axis)) : (short)1)];
        if (Short(40) is < 1 or > 7 || axes.Any(length => length < 1) || axes[3..].Any(length => length != 1))
        {
            throw new InvalidDataException($"its size is {string.Join(" x ", axes)}; take a file of one volume with three axes.");
        }

        if (!Elements.TryGetValue(Short(70), out var element))
        {
            throw new InvalidDataException(
                $"its datatype is {Short(70)}; convert it to whole numbers of 8 to 64 bits or to floats (codes {string.Join(", ", Elements.Keys.Order())}).");
        }

        var (slope, intercept) = (Single(112), Single(116));
        Skip(stream, (long)Single(108) - HeaderLength);
        var values = new float[axes[0] * axes[1] * axes[2]];
        var row = new byte[axes[0] * element.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var place = i % axes[0] * element.Length;
            if (place == 0)
            {
                stream.ReadExactly(row);
            }

            var stored = element.Read(row.AsSpan(place), big);
            values[i] = (float)(slope is 0 || !float.IsFinite(slope) ? stored : (slope * stored) + intercept);
        }

        return new(axes[2], axes[1], axes[0], values);
    }

    // Between the header and the values (vox_offset) there may be extensions.
    private static void Skip(Stream stream, long count)
    {
        if (count is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"its values begin at byte {count + HeaderLength} (vox_offset); that is inside the header or beyond any file.");
        }

        stream.ReadExactly(new byte[count]);
    }
}
