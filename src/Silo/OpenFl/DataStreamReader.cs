using System.Buffers;
using System.IO.Pipelines;

using Actors.Contracts.Tensors;

using Google.Protobuf;

namespace Actors.Silo.OpenFl;

/// <summary>Reads the pieces of a message from the body of a request as they come; no piece is ever put together, whatever its size.</summary>
internal sealed class DataStreamReader(PipeReader body)
{
    // A field's tag and its length or number.
    private const int LongestFieldHead = 20;

    // While data trickle in frame by frame, each would wake a thread of its own: wait until some have gathered.
    private const int FewBytes = 256 << 10;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private long _messageLeft = -1;
    private long _dataLeft;
    private bool _takesData;

    /// <summary>Gives the bytes of all pieces in order, until the stream ends.</summary>
    /// <param name="take">Takes bytes; they are valid until it returns.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The stream ends within a message or holds none.</exception>
    public async Task ReadAsync(Action<ReadOnlySequence<byte>> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var length = buffer.Length;
            while (TryStep(ref buffer, result.IsCompleted, take))
            {
            }

            var taken = length - buffer.Length;
            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                if (!buffer.IsEmpty || _messageLeft > 0)
                {
                    throw new InvalidDataException("the stream ends within a message");
                }

                return;
            }

            if (taken is > 0 and < FewBytes && _messageLeft > FewBytes)
            {
                await Task.Delay(Gathering, cancellationToken);
            }
        }
    }

    // True when something was taken from the buffer.
    private bool TryStep(ref ReadOnlySequence<byte> buffer, bool isLast, Action<ReadOnlySequence<byte>> take)
    {
        if (_dataLeft > 0)
        {
            return TryTakeData(ref buffer, take);
        }

        return _messageLeft > 0 ? TryReadFieldHead(ref buffer, isLast) : TryReadPrefix(ref buffer);
    }

    private bool TryTakeData(ref ReadOnlySequence<byte> buffer, Action<ReadOnlySequence<byte>> take)
    {
        var data = buffer.Slice(0, Math.Min(_dataLeft, buffer.Length));
        if (data.IsEmpty)
        {
            return false;
        }

        if (_takesData)
        {
            take(data);
        }

        Take(ref buffer, data.Length);
        _dataLeft -= data.Length;
        return true;
    }

    private bool TryReadPrefix(ref ReadOnlySequence<byte> buffer)
    {
        if (!GrpcFrame.TryRead(buffer, out var length))
        {
            return false;
        }

        buffer = buffer.Slice(GrpcFrame.PrefixBytes);
        _messageLeft = length;
        return true;
    }

    private bool TryReadFieldHead(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        var available = (int)Math.Min(Math.Min(LongestFieldHead, _messageLeft), buffer.Length);
        if (available < Math.Min(LongestFieldHead, _messageLeft) && !isLast)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[LongestFieldHead];
        head = head[..available];
        buffer.Slice(0, available).CopyTo(head);
        if (!TryReadVarint(head, out var tag, out var tagBytes) || !TryReadVarint(head[tagBytes..], out var value, out var valueBytes))
        {
            throw new InvalidDataException("a piece of the stream is no message");
        }

        var type = WireFormat.GetTagWireType((uint)tag);
        var isData = type == WireFormat.WireType.LengthDelimited;
        if ((!isData && type != WireFormat.WireType.Varint) || (isData && value > (ulong)(_messageLeft - tagBytes - valueBytes)))
        {
            throw new InvalidDataException("a piece of the stream is no message");
        }

        Take(ref buffer, tagBytes + valueBytes);
        _dataLeft = isData ? (long)value : 0;
        _takesData = WireFormat.GetTagFieldNumber((uint)tag) == Contracts.Wire.OpenFl.DataStream.NpbytesFieldNumber;
        return true;
    }

    private void Take(ref ReadOnlySequence<byte> buffer, long count)
    {
        buffer = buffer.Slice(count);
        _messageLeft -= count;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong value, out int read)
    {
        (value, read) = (0, 0);
        for (var shift = 0; read < bytes.Length && shift < 64; shift += 7)
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
