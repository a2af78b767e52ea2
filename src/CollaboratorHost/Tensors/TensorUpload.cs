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
            var upload = new UploadParts<Wire.UploadPart>(call.RequestStream);
            var goesOn = await upload.TryWriteAsync(new(header), token);
            for (var offset = storedBytes; goesOn && offset < bundle.TravellingLength;)
            {
                // Read from the file into the buffer that it leaves from.
                var count = (int)Math.Min(chunkBytes, bundle.TravellingLength - offset);
                goesOn = await upload.TryWriteAsync(new(offset, count, (at, data) => TensorFile.ReadExactly(file, data, at)), token);
                if (goesOn)
                {
                    FaultPoints.Reach(FaultPoint.ChunkSent);
                    watch.Moved();
                }

                offset += count;
            }

            if (goesOn)
            {
                await upload.TryCompleteAsync();
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
}
