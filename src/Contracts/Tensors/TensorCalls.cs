using System.Buffers;

using Actors.Contracts.Tensors;

using Google.Protobuf;

using Grpc.Core;

namespace Actors.Contracts.Wire;

/// <content>The calls that move tensor bytes, once more: with the bytes where they are instead of in messages.</content>
public static partial class Gateway
{
    /// <content>See above.</content>
    public partial class GatewayClient
    {
        private static readonly Marshaller<PullTensorsRequest> PullRequests =
            Marshallers.Create<PullTensorsRequest>(
                (request, context) => context.Complete(request.ToByteArray()), _ => throw new NotSupportedException());

        private static readonly Method<UploadPart, PushTensorsReply> PushParts = new(
            MethodType.ClientStreaming,
            __ServiceName,
            nameof(PushTensors),
            Marshallers.Create<UploadPart>((part, context) => part.Write(context), _ => throw new NotSupportedException()),
            Marshallers.Create<PushTensorsReply>(
                (_, _) => throw new NotSupportedException(), context => PushTensorsReply.Parser.ParseFrom(context.PayloadAsReadOnlySequence())));

        /// <summary><c>PushTensors</c> with each chunk filled by its writer, in the buffer it leaves from.</summary>
        public virtual AsyncClientStreamingCall<UploadPart, PushTensorsReply> PushTensorParts(CallOptions options) =>
            CallInvoker.AsyncClientStreamingCall(PushParts, null, options);

        /// <summary><c>PullTensors</c> with each chunk's data given away where they arrived.</summary>
        /// <param name="request">What to pull.</param>
        /// <param name="take">Takes the data for an offset; they are valid until it returns.</param>
        /// <param name="options">Deadline and token.</param>
        /// <returns>A stream of the offsets that were taken.</returns>
        public virtual AsyncServerStreamingCall<TakenChunk> PullTensorParts(
            PullTensorsRequest request, Action<long, ReadOnlySequence<byte>> take, CallOptions options)
        {
            var method = new Method<PullTensorsRequest, TakenChunk>(
                MethodType.ServerStreaming,
                __ServiceName,
                nameof(PullTensors),
                PullRequests,
                Marshallers.Create<TakenChunk>((_, _) => throw new NotSupportedException(), context => TakenChunk.Read(context, take)));
            return CallInvoker.AsyncServerStreamingCall(method, null, options, request);
        }
    }
}

/// <summary>A message of an upload on its way out: the header, or a chunk whose data somebody fills in.</summary>
public sealed class UploadPart
{
    private readonly PushHeader? _header;
    private readonly long _offset;
    private readonly int _bytes;
    private readonly Action<long, Span<byte>>? _fill;

    /// <summary>The header.</summary>
    public UploadPart(PushHeader header) => _header = header;

    /// <summary>A chunk.</summary>
    /// <param name="offset">Where its data belong.</param>
    /// <param name="bytes">How many they are.</param>
    /// <param name="fill">Fills in the data from the offset.</param>
    public UploadPart(long offset, int bytes, Action<long, Span<byte>> fill) => (_offset, _bytes, _fill) = (offset, bytes, fill);

    internal void Write(SerializationContext context)
    {
        if (_header is not null)
        {
            context.Complete(new PushTensorsRequest { Header = _header }.ToByteArray());
            return;
        }

        Span<byte> head = stackalloc byte[ChunkEncoding.LongestHead];
        var headBytes = ChunkEncoding.WritePushHead(head, _offset, _bytes);
        context.SetPayloadLength(headBytes + _bytes);
        var writer = context.GetBufferWriter();
        var message = writer.GetSpan(headBytes + _bytes);
        head[..headBytes].CopyTo(message);
        _fill!(_offset, message.Slice(headBytes, _bytes));
        writer.Advance(headBytes + _bytes);
        context.Complete();
    }
}

/// <summary>A chunk whose data were taken as it arrived.</summary>
/// <param name="Offset">Where they belong.</param>
/// <param name="Bytes">How many they were.</param>
public sealed record TakenChunk(long Offset, long Bytes)
{
    internal static TakenChunk Read(DeserializationContext context, Action<long, ReadOnlySequence<byte>> take)
    {
        var message = context.PayloadAsReadOnlySequence();
        Span<byte> start = stackalloc byte[ChunkEncoding.LongestHead];
        start = start[..(int)Math.Min(start.Length, message.Length)];
        message.Slice(0, start.Length).CopyTo(start);
        if (ChunkEncoding.TryReadChunkHead(start, message.Length, out var head))
        {
            take((long)head.Offset, message.Slice(head.HeadBytes));
            return new((long)head.Offset, head.DataBytes);
        }

        var chunk = TensorChunk.Parser.ParseFrom(message);
        take((long)chunk.Offset, new(chunk.Data.Memory));
        return new((long)chunk.Offset, chunk.Data.Length);
    }
}
