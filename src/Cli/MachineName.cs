using System.Net;
using System.Net.Sockets;

namespace Actors.Cli;

/// <summary>What this machine is called on the network.</summary>
internal static class MachineName
{
    /// <summary>The full name; the variable <c>FQDN</c> overrides it, as in the original.</summary>
    public static string Full()
    {
        if (Environment.GetEnvironmentVariable("FQDN") is { Length: > 0 } given)
        {
            return given;
        }

        try
        {
            return Dns.GetHostEntry(Dns.GetHostName()).HostName.ToLowerInvariant();
        }
        catch (SocketException)
        {
            return Dns.GetHostName().ToLowerInvariant();
        }
    }
}
