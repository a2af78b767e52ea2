using System.Buffers.Binary;
using System.Numerics;

using Actors.Contracts.Wire.TensorBoard;

using Google.Protobuf;

namespace Actors.Contracts.Metrics;

/// <summary>
/// A TensorBoard event file of scalars, written by one process at a time. A file that is there is gone on with; a record that a crash
/// tore is cut off first, since nothing after it would be read. Records are framed as TensorFlow does it: length, checksum of the length,
/// bytes, checksum of the bytes.
/// </summary>
public sealed class TensorBoardFile
{
    private const int HeaderBytes = sizeof(ulong) + sizeof(uint);
    private const int FooterBytes = sizeof(uint);
    private const uint ChecksumMask = 0xa282ead8;

    private readonly string _path;

    /// <summary>Opens or makes the file. TensorBoard looks for names with <c>tfevents</c> in them.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public TensorBoardFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        LastStep = CutToLastRecord(file);
        if (file.Length == 0)
        {
            file.Write(Frame(new Event { FileVersion = "brain.Event:2" }));
        }
    }

    /// <summary>The step written last; -1 when there is none.</summary>
    public long LastStep { get; private set; }

    /// <summary>Adds the numbers of a step, in one write.</summary>
    /// <param name="step">The round.</param>
    /// <param name="at">When they were measured.</param>
    /// <param name="scalars">The numbers by their tags; the file keeps float32.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Append(long step, DateTimeOffset at, IEnumerable<(string Tag, double Value)> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = new Summary();
        summary.Value.AddRange(scalars.Select(scalar => new Summary.Types.Value { Tag = scalar.Tag, SimpleValue = (float)scalar.Value }));
        var record = Frame(new Event { WallTime = at.ToUnixTimeMilliseconds() / 1e3, Step = step, Summary = summary });
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(record);
        LastStep = step;
    }

    private static long CutToLastRecord(FileStream file)
    {
        var (end, last) = (0L, -1L);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Span<byte> footer = stackalloc byte[FooterBytes];
        while (file.Length - end >= HeaderBytes + FooterBytes)
        {
            file.ReadExactly(header);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]) != Checksum(header[..sizeof(ulong)])
                || length > (ulong)(file.Length - end - HeaderBytes - FooterBytes))
            {
                break;
            }

            var bytes = new byte[length];
            file.ReadExactly(bytes);
            file.ReadExactly(footer);
            if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != Checksum(bytes))
            {
                break;
            }

            end = file.Position;
            var record = Event.Parser.ParseFrom(bytes);
            last = record.Summary is null ? last : record.Step;
        }

        file.SetLength(end);
        file.Position = end;
        return last;
    }

    private static byte[] Frame(Event record)
    {
        var length = record.CalculateSize();
        var frame = new byte[HeaderBytes + length + FooterBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(sizeof(ulong)), Checksum(frame.AsSpan(0, sizeof(ulong))));
        var bytes = frame.AsSpan(HeaderBytes, length);
        record.WriteTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(HeaderBytes + length), Checksum(bytes));
        return frame;
    }

    // CRC-32C (Castagnoli), rotated and shifted, so that a checksum of bytes that hold checksums stays a checksum.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + ChecksumMask;
    }
}
