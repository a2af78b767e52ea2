using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>A connection to a gateway for single calls, of whoever has a certificate. Nothing is tried again.</summary>
public sealed class GatewayChannel : IDisposable
{
    private readonly GatewayEndpoint _endpoint;
    private readonly GatewayCredentials _credentials;
    private readonly TimeProvider _clock;

    /// <summary>Connects with the first call.</summary>
    /// <param name="address">The gateway, <c>https://host:port</c>.</param>
    /// <param name="credentials">What to show the gateway, and what to ask of it.</param>
    /// <param name="clock">The time.</param>
    public GatewayChannel(Uri address, GatewayCredentials credentials, TimeProvider clock) =>
        (_endpoint, _credentials, _clock) = (new(address, credentials, clock), credentials, clock);

    /// <summary>For the calls.</summary>
    public CallInvoker Invoker => _endpoint.Invoker;

    /// <summary>Says in a sentence why a call did not get through, or what the gateway answered.</summary>
    public string ReasonOf(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Status.DebugException is null
            ? failure.Status.Detail
            : FailureReason.Of(failure, _endpoint, _credentials.Certificate, _clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public void Dispose() => _endpoint.Dispose();
}
