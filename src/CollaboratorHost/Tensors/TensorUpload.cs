using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;

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
            Digest = bundle.TravellingDigest,
            ByteLength = bundle.TravellingLength,
        };
        return gateway.TryAsync("PushTensors", SendAsync, cancellationToken);

        async Task<Wire.PushTensorsReply> SendAsync(Wire.Gateway.GatewayClient calls, CancellationToken token)
        {
            using var file = File.OpenHandle(store.PathOf(TensorDigest.Parse(bundle.TravellingDigest)));
            if (RandomAccess.GetLength(file) is var length && length < bundle.TravellingLength)
            {
                throw new EndOfStreamException($"The store holds {length} of the {bundle.TravellingLength} bytes of {bundle.TravellingDigest}.");
            }

            using var watch = gateway.Watch(bundle.TravellingLength, token);
            using var call = calls.PushTensorParts(watch.Options);
            try
            {
                await WriteAsync(call.RequestStream, new(header), token);
                for (var offset = storedBytes; offset < bundle.TravellingLength;)
                {
                    // Read from the file into the buffer that it leaves from.
                    var count = (int)Math.Min(chunkBytes, bundle.TravellingLength - offset);
                    await WriteAsync(call.RequestStream, new(offset, count, (at, data) => TensorFile.ReadExactly(file, data, at)), token);
                    FaultPoints.Reach(FaultPoint.ChunkSent);
                    watch.Moved();
                    offset += count;
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (Exception ended) when (ended is InvalidOperationException or RpcException)
            {
                // The gateway has answered before the end; its answer says why.
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
            catch (RpcException) when (watch.HasStalled)
            {
                throw watch.Stalled;
            }
        }
    }

    // A connection that breaks or is closed under a write shows as one of two exceptions.
    private static async Task WriteAsync(
        IClientStreamWriter<Wire.UploadPart> stream, Wire.UploadPart message, CancellationToken cancellationToken)
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
