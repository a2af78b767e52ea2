using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// Calls the gateway over mutually authenticated TLS until it answers: a failure that may pass is tried again for ever, at the
/// next address and after a growing wait; one that stays is a <see cref="GatewayRefusedException"/>.
/// </summary>
internal sealed partial class GatewayClient(
    CollaboratorOptions options,
    GatewayCredentials credentials,
    TimeProvider clock,
    ILogger<GatewayClient> logger) : IDisposable
{
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);

    private readonly GatewayEndpoints _endpoints = new(options.Addresses, credentials, clock);

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

    public Backoff NewBackoff() => new(options.ReconnectInterval, options.LongestReconnectInterval, Random.Shared.NextDouble, clock);

    /// <summary>Attempts the call until one succeeds.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refused it for good.</exception>
    public async Task<T> CallAsync<T>(
        string call,
        Backoff backoff,
        Func<Wire.Gateway.GatewayClient, CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await TryAsync(call, attempt, cancellationToken);
            if (outcome.Succeeded)
            {
                return outcome.Value!;
            }

            await backoff.DelayAsync(cancellationToken);
        }
    }

    /// <summary>Attempts the call once; after a failure that may pass, the next attempt goes to the next address.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refused it for good.</exception>
    public async Task<Attempt<T>> TryAsync<T>(
        string call, Func<Wire.Gateway.GatewayClient, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var endpoint = _endpoints.Current;
        try
        {
            var value = await attempt(endpoint.Calls, cancellationToken);
            NoteSuccess(endpoint);
            return new(true, value);
        }
        catch (RpcException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (GatewayFailure.IsFinal(failure.StatusCode))
            {
                throw new GatewayRefusedException(call, failure.Status);
            }

            NoteFailure(call, endpoint, FailureReason.Of(failure, endpoint, credentials.Certificate, clock.GetUtcNow()));
            _endpoints.TurnFrom(endpoint);
            return default;
        }
    }

    public void Dispose() => _endpoints.Dispose();

    private CallOptions Within(TimeSpan time, CancellationToken cancellationToken) =>
        new(deadline: (clock.GetUtcNow() + time).UtcDateTime, cancellationToken: cancellationToken);

    private void NoteSuccess(GatewayEndpoint endpoint)
    {
        if (endpoint.Reasons.Clear())
        {
            LogReachable(endpoint.Address.Authority);
        }
    }

    // A gateway that stays away for a night must not fill the log: each reason is told when it is new.
    private void NoteFailure(string call, GatewayEndpoint endpoint, string reason)
    {
        if (endpoint.Reasons.IsNew(reason))
        {
            LogFailing(call, reason);
        }
        else
        {
            LogStillFailing(call, reason);
        }
    }
}
