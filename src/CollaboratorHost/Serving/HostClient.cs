using Actors.CollaboratorHost.Gateway;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>A host's calls between experiments, each until it is answered.</summary>
internal sealed class HostClient(ServeOptions options, GatewayCredentials credentials, TimeProvider clock, ILogger<HostClient> logger) : IDisposable
{
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);

    private readonly GatewayCaller _caller =
        new(options.Addresses, options.ReconnectInterval, options.LongestReconnectInterval, credentials, clock, logger);

    public Backoff NewBackoff() => _caller.NewBackoff();

    public Task<Wire.AttendReply> AttendAsync(Wire.AttendRequest request, TimeSpan hold, CancellationToken cancellationToken) => _caller.CallAsync(
        "Attend",
        NewBackoff(),
        (endpoint, token) => endpoint.Hosts.AttendAsync(request, _caller.Within(hold + ShortCall, token)).ResponseAsync,
        cancellationToken);

    public Task<Wire.AnswerReply> AnswerAsync(Wire.AnswerRequest request, CancellationToken cancellationToken) => _caller.CallAsync(
        "Answer",
        NewBackoff(),
        (endpoint, token) => endpoint.Hosts.AnswerAsync(request, _caller.Within(ShortCall, token)).ResponseAsync,
        cancellationToken);

    /// <summary>Brings an archive here; what is here already of it is not brought again.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="path">The archive's file; it may hold a beginning.</param>
    /// <param name="cancellationToken">Ends it; the beginning stays.</param>
    /// <returns>What the author signed; null when the aggregator has the experiment no more.</returns>
    /// <exception cref="InvalidDataException">More came than was announced: nobody fills this disk.</exception>
    public async Task<Wire.AuthorSeal?> PullArchiveAsync(Wire.HostExperiment experiment, string path, CancellationToken cancellationToken)
    {
        var backoff = NewBackoff();
        return await _caller.CallAsync("PullArchive", backoff, ReceiveAsync, cancellationToken);

        async Task<Wire.AuthorSeal?> ReceiveAsync(GatewayEndpoint endpoint, CancellationToken token)
        {
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
            using var watch = new TransferWatch(0, clock, token);
            using var call = endpoint.Hosts.PullArchive(new() { Name = experiment.Name, Offset = file.Length }, new CallOptions(cancellationToken: watch.Token));
            Wire.AuthorSeal? seal = null;
            try
            {
                while (await call.ResponseStream.MoveNext(token))
                {
                    seal = call.ResponseStream.Current.Seal ?? seal;
                    if (file.Length + call.ResponseStream.Current.Data.Length > experiment.ArchiveBytes)
                    {
                        throw new InvalidDataException($"More came than the {experiment.ArchiveBytes} bytes that were announced. Have it sent again.");
                    }

                    await file.WriteAsync(call.ResponseStream.Current.Data.Memory, token);
                    watch.Moved();
                    backoff.Reset();
                }

                return seal;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
            {
                return null;
            }
            catch (RpcException) when (watch.HasStalled)
            {
                throw watch.Stalled;
            }
        }
    }

    public void Dispose() => _caller.Dispose();
}
