using System.Buffers;
using System.Runtime.ExceptionServices;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Brings tensor bytes from the gateway into the local store, each byte once however often the connection breaks.</summary>
internal sealed partial class TensorDownload(GatewayClient gateway, LocalTensorStore store, ILogger<TensorDownload> logger)
{
    /// <summary>Sees to it that the store holds the bundle; false when the aggregator does not have it any more.</summary>
    public async Task<bool> FetchAsync(string experiment, Wire.TensorBundle bundle, CancellationToken cancellationToken)
    {
        var digest = TensorDigest.Parse(bundle.Digest);
        if (store.Holds(digest, bundle.ByteLength))
        {
            return true;
        }

        using var partial = store.OpenPartial(digest, bundle.ByteLength);
        LogDownloading(bundle.Kind, bundle.ByteLength - partial.Length, partial.Length);
        var backoff = gateway.NewBackoff();
        while (true)
        {
            if (!await gateway.CallAsync("PullTensors", backoff, ReceiveAsync, cancellationToken))
            {
                return false;
            }

            if (partial.Complete())
            {
                return true;
            }

            LogWrongDigest(bundle.Kind, digest);
            await backoff.DelayAsync(cancellationToken);
        }

        async Task<bool> ReceiveAsync(Wire.Gateway.GatewayClient calls, CancellationToken token)
        {
            var request = new Wire.PullTensorsRequest { Experiment = experiment, Digest = bundle.Digest, Offset = partial.Length };
            ExceptionDispatchInfo? problem = null;
            using var watch = gateway.Watch(0, token);
            using var call = calls.PullTensorParts(request, Take, watch.Options);
            try
            {
                while (await call.ResponseStream.MoveNext(token))
                {
                    problem?.Throw();
                    watch.Moved();
                    backoff.Reset();
                }
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
            {
                return false;
            }
            catch (RpcException) when (watch.HasStalled)
            {
                throw watch.Stalled;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.OutOfRange)
            {
                partial.Clear();
                throw;
            }
            catch (InvalidDataException misplaced)
            {
                partial.Clear();
                throw new RpcException(new Status(StatusCode.DataLoss, misplaced.Message));
            }

            return partial.Length == partial.ByteLength
                ? true
                : throw new RpcException(new Status(
                    StatusCode.DataLoss, $"The stream ended after {partial.Length} of {partial.ByteLength} bytes."));

            // In the middle of the transport's own reading, which would take an exception for a fault of the connection.
            void Take(long offset, ReadOnlySequence<byte> bytes)
            {
                try
                {
                    partial.Append(offset, bytes);
                }
                catch (Exception failure)
                {
                    problem = ExceptionDispatchInfo.Capture(failure);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Downloading {Bytes} bytes of the {Kind}; {Present} are here already.")]
    private partial void LogDownloading(string kind, long bytes, long present);

    [LoggerMessage(LogLevel.Warning, "The downloaded {Kind} does not have the digest {Digest}; it is downloaded again.")]
    private partial void LogWrongDigest(string kind, TensorDigest digest);
}
