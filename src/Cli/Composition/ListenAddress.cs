using System.Net;

namespace Actors.Cli.Composition;

/// <summary>Where a gateway listens, by the host that collaborators dial.</summary>
internal static class ListenAddress
{
    /// <summary>An address that nobody else can reach is served on loopback; any other on all interfaces.</summary>
    public static IPAddress Of(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) ? address
        : IPAddress.IPv6Any;
}
