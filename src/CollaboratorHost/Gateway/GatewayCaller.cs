using Grpc.Core;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// Calls the gateway over mutually authenticated TLS until it answers: a failure that may pass is tried again for ever, at the
/// next address and after a growing wait; one that stays is a <see cref="GatewayRefusedException"/>.
/// </summary>
/// <param name="addresses">The gateway's addresses.</param>
/// <param name="firstWait">How long to wait before the first new attempt, at most; doubled with each failure.</param>
/// <param name="longestWait">The longest wait between two attempts.</param>
/// <param name="credentials">What to show the gateway, and what to ask of it.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class GatewayCaller(
    IReadOnlyList<Uri> addresses,
    TimeSpan firstWait,
    TimeSpan longestWait,
    GatewayCredentials credentials,
    TimeProvider clock,
    ILogger logger) : IDisposable
{
    private readonly GatewayEndpoints _endpoints = new(addresses, credentials, clock);

    public Backoff NewBackoff() => new(firstWait, longestWait, Random.Shared.NextDouble, clock);

    /// <summary>For a call with a deadline.</summary>
    public CallOptions Within(TimeSpan time, CancellationToken cancellationToken) =>
        new(deadline: (clock.GetUtcNow() + time).UtcDateTime, cancellationToken: cancellationToken);

    /// <summary>Attempts the call until one succeeds.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refused it for good.</exception>
    public async Task<T> CallAsync<T>(
        string call,
        Backoff backoff,
        Func<GatewayEndpoint, CancellationToken, Task<T>> attempt,
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
        string call, Func<GatewayEndpoint, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var endpoint = _endpoints.Current;
        try
        {
            var value = await attempt(endpoint, cancellationToken);
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
