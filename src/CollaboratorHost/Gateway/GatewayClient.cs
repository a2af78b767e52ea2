using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>A collaborator's calls in an experiment, each until it is answered.</summary>
internal sealed class GatewayClient(
    CollaboratorOptions options,
    GatewayCredentials credentials,
    TimeProvider clock,
    ILogger<GatewayClient> logger) : IDisposable
{
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);

    private readonly GatewayCaller _caller =
        new(options.Addresses, options.ReconnectInterval, options.LongestReconnectInterval, credentials, clock, logger);

    public Task<Wire.JoinReply> JoinAsync(Wire.JoinRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            "Join", NewBackoff(), (calls, token) => calls.JoinAsync(request, Within(ShortCall, token)).ResponseAsync, cancellationToken);

    public Task<Wire.GetTasksReply> GetTasksAsync(string experiment, TimeSpan hold, CancellationToken cancellationToken)
    {
        var request = new Wire.GetTasksRequest { Experiment = experiment };
        return CallAsync(
            "GetTasks",
            NewBackoff(),
            (calls, token) => calls.GetTasksAsync(request, Within(hold + ShortCall, token)).ResponseAsync,
            cancellationToken);
    }

    /// <summary>The layout with this hash; null when the aggregator does not know it (any more).</summary>
    public Task<Wire.Manifest?> PullManifestAsync(string experiment, string hash, CancellationToken cancellationToken)
    {
        var request = new Wire.PullManifestRequest { Experiment = experiment, ManifestHash = hash };
        return CallAsync("PullManifest", NewBackoff(), PullAsync, cancellationToken);

        async Task<Wire.Manifest?> PullAsync(Wire.Gateway.GatewayClient calls, CancellationToken token)
        {
            try
            {
                return await calls.PullManifestAsync(request, Within(ShortCall, token));
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
            {
                return null;
            }
        }
    }

    public Task<Wire.ReportReply> ReportAsync(Wire.ResultReport report, CancellationToken cancellationToken)
    {
        // The aggregator may read a large update once more before it commits.
        var patience = TransferWatch.PatienceFor(report.Bundles.Sum(reported => reported.Bundle.ByteLength));
        return CallAsync(
            "ReportResult",
            NewBackoff(),
            (calls, token) => calls.ReportResultAsync(report, Within(patience, token)).ResponseAsync,
            cancellationToken);
    }

    public Task<Attempt<Wire.HeartbeatReply>> HeartbeatAsync(string experiment, CancellationToken cancellationToken)
    {
        var request = new Wire.HeartbeatRequest { Experiment = experiment };
        return TryAsync(
            "Heartbeat", (calls, token) => calls.HeartbeatAsync(request, Within(ShortCall, token)).ResponseAsync, cancellationToken);
    }

    /// <summary>Watches over a call that moves tensor bytes.</summary>
    /// <param name="unread">How many bytes the aggregator may have to read before the first moves.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public TransferWatch Watch(long unread, CancellationToken cancellationToken) => new(unread, clock, cancellationToken);

    public Backoff NewBackoff() => _caller.NewBackoff();

    /// <summary>Attempts the call until one succeeds.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refused it for good.</exception>
    public Task<T> CallAsync<T>(
        string call,
        Backoff backoff,
        Func<Wire.Gateway.GatewayClient, CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken) =>
        _caller.CallAsync(call, backoff, (endpoint, token) => attempt(endpoint.Calls, token), cancellationToken);

    /// <summary>Attempts the call once; after a failure that may pass, the next attempt goes to the next address.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refused it for good.</exception>
    public Task<Attempt<T>> TryAsync<T>(
        string call, Func<Wire.Gateway.GatewayClient, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        _caller.TryAsync(call, (endpoint, token) => attempt(endpoint.Calls, token), cancellationToken);

    /// <summary>Attempts a transfer of tensor bytes until one succeeds; see <see cref="CallAsync"/>.</summary>
    public Task<T> TransferAsync<T>(
        string call, Backoff backoff, Func<TensorExchange, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        _caller.CallAsync(call, backoff, (endpoint, token) => attempt(endpoint.Tensors, token), cancellationToken);

    /// <summary>Attempts a transfer of tensor bytes once; see <see cref="TryAsync"/>.</summary>
    public Task<Attempt<T>> TryTransferAsync<T>(
        string call, Func<TensorExchange, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        _caller.TryAsync(call, (endpoint, token) => attempt(endpoint.Tensors, token), cancellationToken);

    public void Dispose() => _caller.Dispose();

    private CallOptions Within(TimeSpan time, CancellationToken cancellationToken) => _caller.Within(time, cancellationToken);
}
