using System.Text;

using Google.Protobuf;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>
/// Walks over a serialized message in a file through a small window, so that a field of any length can be passed over. Every
/// reading method takes the end of the message it reads in, and throws <see cref="InvalidDataException"/> rather than pass it.
/// </summary>
internal sealed class ProtobufCursor(SafeFileHandle file)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _window = new byte[4096];
    private long _windowStart;
    private int _windowLength;

    public long Position { get; private set; }

    public (int Field, WireFormat.WireType Type) ReadTag(long end)
    {
        var tag = ReadVarint(end);
        return tag is > 7 and <= uint.MaxValue
            ? (WireFormat.GetTagFieldNumber((uint)tag), WireFormat.GetTagWireType((uint)tag))
            : throw new InvalidDataException($"byte {Position} is no field of a message");
    }

    public ulong ReadVarint(long end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte(end);
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"the number before byte {Position} does not end");
    }

    public uint ReadFixed32(long end)
    {
        var value = 0U;
        for (var shift = 0; shift < 32; shift += 8)
        {
            value |= (uint)ReadByte(end) << shift;
        }

        return value;
    }

    /// <summary>Reads a length and returns where the field ends.</summary>
    public long ReadEnd(long end)
    {
        var length = ReadVarint(end);
        return length <= (ulong)(end - Position)
            ? Position + (long)length
            : throw new InvalidDataException($"a field at byte {Position} should have {length} bytes, but only {end - Position} follow");
    }

    /// <summary>Reads text up to the end of its field.</summary>
    public string ReadText(long end, int maximumBytes)
    {
        if (end - Position > maximumBytes)
        {
            throw new InvalidDataException($"a text at byte {Position} has more than {maximumBytes} bytes");
        }

        var bytes = new byte[end - Position];
        TensorRange.ReadExactly(file, Position, bytes);
        Position = end;
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"the text before byte {Position} is no UTF-8");
        }
    }

    public void Skip(WireFormat.WireType type, long end)
    {
        switch (type)
        {
            case WireFormat.WireType.Varint:
                ReadVarint(end);
                break;
            case WireFormat.WireType.LengthDelimited:
                SkipTo(ReadEnd(end));
                break;
            case WireFormat.WireType.Fixed32 when end - Position >= 4:
                SkipTo(Position + 4);
                break;
            case WireFormat.WireType.Fixed64 when end - Position >= 8:
                SkipTo(Position + 8);
                break;
            default:
                throw new InvalidDataException($"byte {Position} is no field of a message");
        }
    }

    public void SkipTo(long position) => Position = position;

    private byte ReadByte(long end)
    {
        if (Position >= end)
        {
            throw new InvalidDataException($"the message ends in the middle of a field, at byte {Position}");
        }

        if (Position < _windowStart || Position >= _windowStart + _windowLength)
        {
            _windowStart = Position;
            _windowLength = RandomAccess.Read(file, _window, Position);
            if (_windowLength == 0)
            {
                throw new InvalidDataException("the file became shorter while it was read");
            }
        }

        return _window[Position++ - _windowStart];
    }
}
