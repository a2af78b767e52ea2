using System.Net;
using System.Net.Sockets;

namespace Actors.Silo.Hosting;

/// <summary>Finds ports that nobody uses.</summary>
internal static class LoopbackPorts
{
    /// <summary>Two free ports of the loopback interface. Somebody else may take them before they are bound; that is then an error at start.</summary>
    public static (int First, int Second) FindTwo()
    {
        using var first = Listen();
        using var second = Listen();
        return (PortOf(first), PortOf(second));
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
