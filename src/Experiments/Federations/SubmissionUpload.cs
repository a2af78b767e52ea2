using Actors.CollaboratorHost.Gateway;

using Google.Protobuf;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Experiments.Federations;

/// <summary>Brings a submission's files to the aggregator. When the connection breaks, the next attempt goes on with the first byte that is not there.</summary>
internal sealed class SubmissionUpload(
    Wire.Federation.FederationClient client, Wire.SubmitHeader header, IReadOnlyList<string> files, TimeProvider clock)
{
    private const int PieceBytes = 60 << 10;

    // So often in a row without a byte more; then the operator is told.
    private const int MostFailures = 6;

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10), Random.Shared.NextDouble, clock);

    /// <summary>Uploads.</summary>
    /// <exception cref="RpcException">The aggregator cannot be reached or refuses.</exception>
    public async Task<Wire.SubmitReply> RunAsync(CancellationToken cancellationToken)
    {
        var (failures, arrived) = (0, -1L);
        while (true)
        {
            try
            {
                header.Offset = await ArrivedAsync(cancellationToken);
                failures = header.Offset > arrived ? 0 : failures;
                arrived = header.Offset;
                return await SendAsync(cancellationToken);
            }
            catch (RpcException failure) when (arrived >= 0 && MayPass(failure) && ++failures < MostFailures && !cancellationToken.IsCancellationRequested)
            {
                // A silo that is not there at first is no broken connection.
            }

            await _backoff.DelayAsync(cancellationToken);
        }
    }

    private static bool MayPass(RpcException failure) =>
        failure.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Aborted or StatusCode.Unknown or StatusCode.Cancelled;

    private async Task<long> ArrivedAsync(CancellationToken cancellationToken) => (await client.GetArrivedAsync(
        new() { Digest = Contracts.Federations.SealMessages.ToSigned(header.Seal).Digest }, cancellationToken: cancellationToken)).Bytes;

    private async Task<Wire.SubmitReply> SendAsync(CancellationToken cancellationToken)
    {
        using var call = client.Submit(cancellationToken: cancellationToken);
        var upload = new UploadParts<Wire.SubmitRequest>(call.RequestStream);
        if (await upload.TryWriteAsync(new() { Header = header }, cancellationToken) && await SendFilesAsync(upload, cancellationToken))
        {
            await upload.TryCompleteAsync();
        }

        return await call.ResponseAsync;
    }

    private async Task<bool> SendFilesAsync(UploadParts<Wire.SubmitRequest> destination, CancellationToken cancellationToken)
    {
        var offset = header.Offset;
        var buffer = new byte[PieceBytes];
        foreach (var path in files)
        {
            await using var file = File.OpenRead(path);
            file.Seek(Math.Min(offset, file.Length), SeekOrigin.Begin);
            offset -= file.Position;
            while (await file.ReadAsync(buffer, cancellationToken) is var count and > 0)
            {
                var piece = new Wire.SubmitRequest { Data = ByteString.CopyFrom(buffer, 0, count) };
                if (!await destination.TryWriteAsync(piece, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
