namespace Actors.CollaboratorHost.Gateway;

/// <summary>The gateway's addresses in turn: the one in use stays in use until it fails.</summary>
internal sealed class GatewayEndpoints : IDisposable
{
    private readonly GatewayEndpoint[] _endpoints;
    private int _current;

    public GatewayEndpoints(IReadOnlyList<Uri> addresses, GatewayCredentials credentials, TimeProvider clock) =>
        _endpoints = [.. addresses.Select(address => new GatewayEndpoint(address, credentials, clock))];

    public GatewayEndpoint Current => _endpoints[Volatile.Read(ref _current)];

    /// <summary>Turns to the next address, unless another call has already turned away from the one that failed.</summary>
    public void TurnFrom(GatewayEndpoint failed)
    {
        var index = Array.IndexOf(_endpoints, failed);
        Interlocked.CompareExchange(ref _current, (index + 1) % _endpoints.Length, index);
    }

    public void Dispose()
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Dispose();
        }
    }
}
