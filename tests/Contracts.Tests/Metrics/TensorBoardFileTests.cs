using System.Buffers.Binary;
using System.Text;

using Actors.Contracts.Wire.TensorBoard;

namespace Actors.Contracts.Metrics.Tests;

public sealed class TensorBoardFileTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-tensorboard-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "node", "events.out.tfevents.node");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_IsReadAsTensorBoardReadsIt()
    {
        var file = new TensorBoardFile(Path);
        file.Append(3, At, [("train/loss", 0.25), ("validate/accuracy", 0.5)]);

        var records = Read();

        Assert.Equal("brain.Event:2", records[0].FileVersion);
        Assert.Equal((3, 1767323045.0), (records[1].Step, records[1].WallTime));
        Assert.Equal([("train/loss", 0.25f), ("validate/accuracy", 0.5f)], records[1].Summary.Value.Select(value => (value.Tag, value.SimpleValue)));
    }

    // The bytes that TensorFlow's own writer begins a file with, for a wall time of 0.
    [Fact]
    public void Version_IsFramedAsTensorFlowFramesIt()
    {
        _ = new TensorBoardFile(Path);

        var bytes = File.ReadAllBytes(Path);

        // CRC-32C of 32 bytes of zero is 8a9136aa (RFC 3720, B.4): the frame's checksums come from the same function.
        Assert.Equal(15UL, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal("1a0d" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes("brain.Event:2")), Convert.ToHexStringLower(bytes.AsSpan(12, 15)));
        Assert.Equal(Masked(Castagnoli(bytes.AsSpan(0, 8))), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(0x8a9136aa, Castagnoli(new byte[32]));
    }

    [Fact]
    public void OpenedAgain_GoesOnAfterTheLastWholeRecord()
    {
        new TensorBoardFile(Path).Append(0, At, [("a", 1)]);
        new TensorBoardFile(Path).Append(1, At, [("a", 2)]);
        var whole = new FileInfo(Path).Length;
        using (var torn = new FileStream(Path, FileMode.Append))
        {
            torn.Write(File.ReadAllBytes(Path).AsSpan(0, 20));
        }

        var file = new TensorBoardFile(Path);

        Assert.Equal((1, whole), (file.LastStep, new FileInfo(Path).Length));
        file.Append(2, At, [("a", 3)]);
        Assert.Equal([0L, 1, 2], Read().Skip(1).Select(record => record.Step));
    }

    // Bit by bit, as the standard has it.
    private static uint Castagnoli(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }

        return ~crc;
    }

    private static uint Masked(uint crc) => ((crc >> 15) | (crc << 17)) + 0xa282ead8;

    private List<Event> Read()
    {
        var bytes = File.ReadAllBytes(Path).AsSpan();
        var records = new List<Event>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(Masked(Castagnoli(bytes[..8])), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            Assert.Equal(Masked(Castagnoli(bytes.Slice(12, length))), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            records.Add(Event.Parser.ParseFrom(bytes.Slice(12, length)));
            bytes = bytes[(16 + length)..];
        }

        return records;
    }
}
