using System.Buffers;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;

using Google.Protobuf;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Pushes the bytes of a result, from where the gateway's copy ends.</summary>
internal sealed class TensorUpload(GatewayClient gateway, LocalTensorStore store)
{
    /// <summary>
    /// Makes one attempt. It does not repeat itself: how much a broken stream has stored, the gateway says when the result is
    /// reported again.
    /// </summary>
    /// <exception cref="FileNotFoundException">The store does not hold the bytes.</exception>
    /// <exception cref="EndOfStreamException">The store holds fewer bytes than the bundle has.</exception>
    public Task<Attempt<Wire.PushTensorsReply>> PushAsync(
        Wire.ResultReport report, Wire.TensorBundle bundle, long storedBytes, int chunkBytes, CancellationToken cancellationToken)
    {
        var header = new Wire.PushHeader
        {
            Experiment = report.Experiment,
            Round = report.Round,
            Task = report.Task,
            Digest = bundle.Digest,
            ByteLength = bundle.ByteLength,
        };
        return gateway.TryAsync("PushTensors", SendAsync, cancellationToken);

        async Task<Wire.PushTensorsReply> SendAsync(Wire.Gateway.GatewayClient calls, CancellationToken token)
        {
            using var file = File.OpenHandle(store.PathOf(TensorDigest.Parse(bundle.Digest)), options: FileOptions.Asynchronous);
            using var call = calls.PushTensors(gateway.TransferOptions(token));
            var buffer = ArrayPool<byte>.Shared.Rent(chunkBytes);
            try
            {
                await WriteAsync(call.RequestStream, new() { Header = header }, token);
                for (var offset = storedBytes; offset < bundle.ByteLength;)
                {
                    var piece = buffer.AsMemory(0, (int)Math.Min(chunkBytes, bundle.ByteLength - offset));
                    await TensorFile.ReadExactlyAsync(file, piece, offset, token);

                    // A message is serialized before its write ends, so the buffer is free again after it.
                    var chunk = new Wire.TensorChunk { Offset = (ulong)offset, Data = UnsafeByteOperations.UnsafeWrap(piece) };
                    await WriteAsync(call.RequestStream, new() { Chunk = chunk }, token);
                    FaultPoints.Reach(FaultPoint.ChunkSent);
                    offset += piece.Length;
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (Exception ended) when (ended is InvalidOperationException or RpcException)
            {
                // The gateway has answered before the end; its answer says why.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            try
            {
                return await call.ResponseAsync;
            }
            catch (RpcException answer) when (answer.StatusCode is StatusCode.DataLoss or StatusCode.Aborted)
            {
                // The bytes are not those of the digest, or not wanted any more: an answer, not a broken connection.
                return new();
            }
        }
    }
    // A connection that breaks or is closed under a write shows as one of two exceptions; an I/O error of the file is none of its faults.
    private static async Task WriteAsync(
        IClientStreamWriter<Wire.PushTensorsRequest> stream, Wire.PushTensorsRequest message, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(message, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new RpcException(new(StatusCode.Unavailable, broken.Message, broken));
        }
    }
}
