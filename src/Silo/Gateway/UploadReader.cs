using System.Buffers;
using System.IO.Pipelines;

using Actors.Contracts.Tensors;

using Google.Protobuf;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Gateway;

/// <summary>
/// Reads the messages of an upload from the body of its request, a chunk's data as they come: no message is ever put together.
/// A message that is not written in the usual way is read by protobuf instead, which bounds its size.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="longestMessage">The most bytes of a message that has to be put together.</param>
internal sealed class UploadReader(PipeReader body, int longestMessage)
{
    // While data trickle in frame by frame, each would wake a thread of its own: wait until some have gathered.
    private const int FewBytes = 256 << 10;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private long _dataLeft;

    /// <summary>The first message's header; null when the stream is empty or begins with something else.</summary>
    public async Task<Wire.PushHeader?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryTakeMessage(ref buffer, out var message))
            {
                body.AdvanceTo(buffer.Start);
                return message.Header;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Gives the data of all chunks to a sink, until the stream ends.</summary>
    /// <param name="sink">Takes them.</param>
    /// <param name="expectedBytes">How many are expected, for deciding when waiting for more pays.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadChunksAsync(IChunkSink sink, long expectedBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var length = buffer.Length;
            while (TryTake(ref buffer, sink))
            {
            }

            var taken = length - buffer.Length;
            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                if (!buffer.IsEmpty || _dataLeft > 0)
                {
                    throw new RpcException(new(
                        StatusCode.InvalidArgument, "The upload ends within a message. Report the result to learn where to go on."));
                }

                return;
            }

            expectedBytes -= taken;
            if (taken < FewBytes && expectedBytes > FewBytes)
            {
                await Task.Delay(Gathering, cancellationToken);
            }
        }
    }

    private async Task<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (IOException)
        {
            throw new RpcException(new(StatusCode.Cancelled, "The upload broke off."));
        }
    }

    // Data of the chunk that is under way, or the head of the next one.
    private bool TryTake(ref ReadOnlySequence<byte> buffer, IChunkSink sink)
    {
        if (_dataLeft > 0)
        {
            var data = buffer.Slice(0, Math.Min(_dataLeft, buffer.Length));
            if (data.IsEmpty)
            {
                return false;
            }

            sink.Take(data);
            _dataLeft -= data.Length;
            buffer = buffer.Slice(data.End);
            if (_dataLeft == 0)
            {
                sink.End();
            }

            return true;
        }

        if (TryReadHead(buffer, out var head, out var headBytes))
        {
            sink.Begin(head.Offset, head.DataBytes);
            _dataLeft = head.DataBytes;
            buffer = buffer.Slice(headBytes);
            return true;
        }

        if (!TryTakeMessage(ref buffer, out var message))
        {
            return false;
        }

        var chunk = message.Chunk ?? throw new RpcException(new(StatusCode.InvalidArgument, "After its header an upload has chunks only."));
        sink.Begin(chunk.Offset, chunk.Data.Length);
        sink.Take(new(chunk.Data.Memory));
        sink.End();
        return true;
    }

    private static bool TryReadHead(in ReadOnlySequence<byte> buffer, out ChunkHead head, out long headBytes)
    {
        Span<byte> start = stackalloc byte[GrpcFrame.PrefixBytes + ChunkEncoding.LongestHead];
        start = start[..(int)Math.Min(start.Length, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (start.Length < GrpcFrame.PrefixBytes)
        {
            (head, headBytes) = (default, 0);
            return false;
        }

        var read = ChunkEncoding.TryReadPushHead(start[GrpcFrame.PrefixBytes..], GrpcFrame.Read(start), out head) && head.DataBytes > 0;
        headBytes = GrpcFrame.PrefixBytes + head.HeadBytes;
        return read;
    }

    private bool TryTakeMessage(ref ReadOnlySequence<byte> buffer, out Wire.PushTensorsRequest message)
    {
        message = new();
        if (!GrpcFrame.TryRead(buffer, out var length))
        {
            return false;
        }

        if (length > longestMessage)
        {
            throw new RpcException(new(
                StatusCode.ResourceExhausted, $"A message of the upload has {length} bytes; the limit is {longestMessage}. Send smaller chunks."));
        }

        if (buffer.Length < GrpcFrame.PrefixBytes + length)
        {
            return false;
        }

        try
        {
            message = Wire.PushTensorsRequest.Parser.ParseFrom(buffer.Slice(GrpcFrame.PrefixBytes, length));
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, $"A message of the upload cannot be read: {problem.Message}"));
        }

        buffer = buffer.Slice(GrpcFrame.PrefixBytes + length);
        return true;
    }
}

/// <summary>Takes the chunks of an upload.</summary>
internal interface IChunkSink
{
    /// <summary>A chunk begins.</summary>
    void Begin(ulong offset, long dataBytes);

    /// <summary>The next data of the chunk; valid until the call returns.</summary>
    void Take(in ReadOnlySequence<byte> data);

    /// <summary>The chunk has ended.</summary>
    void End();
}
