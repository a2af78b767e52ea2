using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;

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
    /// <returns>Whether the gateway has all bytes now.</returns>
    public Task<Attempt<bool>> PushAsync(
        Wire.ResultReport report, Wire.TensorBundle bundle, long storedBytes, CancellationToken cancellationToken)
    {
        var digest = TensorDigest.Parse(bundle.TravellingDigest);
        var path = TensorRoutes.OfResult(ExperimentId.Parse(report.Experiment), report.Round, report.Task, digest);
        return gateway.TryTransferAsync("PushTensors", SendAsync, cancellationToken);

        async Task<bool> SendAsync(TensorExchange tensors, CancellationToken token)
        {
            using var file = File.OpenHandle(store.PathOf(digest));
            if (RandomAccess.GetLength(file) is var length && length < bundle.TravellingLength)
            {
                throw new EndOfStreamException($"The store holds {length} of the {bundle.TravellingLength} bytes of {bundle.TravellingDigest}.");
            }

            using var watch = gateway.Watch(bundle.TravellingLength, token);
            using var body = new TensorFileContent(file, storedBytes, bundle.TravellingLength, () =>
            {
                FaultPoints.Reach(FaultPoint.ChunkSent);
                watch.Moved();
            });
            try
            {
                return await tensors.PutAsync(path, body, watch.Token) == bundle.TravellingLength;
            }
            catch (RpcException answer) when (answer.StatusCode is StatusCode.DataLoss or StatusCode.Aborted)
            {
                // The bytes are not those of the digest, or not wanted any more: an answer, not a broken connection.
                return false;
            }
            catch (OperationCanceledException) when (watch.HasStalled)
            {
                throw watch.Stalled;
            }
        }
    }
}
