using System.Buffers;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Brings tensor bytes from the gateway into the local store, each byte once however often the connection breaks.</summary>
internal sealed partial class TensorDownload(GatewayClient gateway, LocalTensorStore store, ILogger<TensorDownload> logger)
{
    private const int PieceBytes = 512 << 10;

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
            if (!await gateway.TransferAsync("PullTensors", backoff, ReceiveAsync, cancellationToken))
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

        async Task<bool> ReceiveAsync(TensorExchange tensors, CancellationToken token)
        {
            using var watch = gateway.Watch(0, token);
            try
            {
                using var answer = await tensors.GetAsync(ExperimentId.Parse(experiment), digest, partial.Length, bundle.ByteLength, watch.Token);
                if (answer.Content.Headers.ContentLength != bundle.ByteLength - partial.Length)
                {
                    throw new RpcException(new(
                        StatusCode.OutOfRange, $"{answer.Content.Headers.ContentLength} bytes are offered after the first {partial.Length} of {bundle.ByteLength}."));
                }

                await TakeAsync(answer, partial, watch, backoff);
                return true;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
            {
                return false;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.OutOfRange)
            {
                partial.Clear();
                throw;
            }
            catch (OperationCanceledException) when (watch.HasStalled)
            {
                throw watch.Stalled;
            }
        }
    }

    // What has come stays, wherever the stream breaks.
    private static async Task TakeAsync(HttpResponseMessage answer, PartialTensor partial, TransferWatch watch, Backoff backoff)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(watch.Token);
            while (partial.Length < partial.ByteLength)
            {
                var filled = 0;
                var left = (int)Math.Min(piece.Length, partial.ByteLength - partial.Length);
                try
                {
                    while (filled < left)
                    {
                        filled += await ReadAsync(stream, piece.AsMemory(filled, left - filled), watch.Token);
                        watch.Moved();
                    }
                }
                finally
                {
                    partial.Append(piece.AsSpan(0, filled));
                }

                backoff.Reset();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new EndOfStreamException("The stream of tensors ended early.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw TensorExchange.Broken(failure);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Downloading {Bytes} bytes of the {Kind}; {Present} are here already.")]
    private partial void LogDownloading(string kind, long bytes, long present);

    [LoggerMessage(LogLevel.Warning, "The downloaded {Kind} does not have the digest {Digest}; it is downloaded again.")]
    private partial void LogWrongDigest(string kind, TensorDigest digest);
}
