using System.Net;
using System.Net.Sockets;

using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Transport;

/// <summary>
/// Connections with TLS right on their socket. The server's own would put two pipes and their threads between the two; a byte then cost
/// a third more, and a connection on which nothing is said three times the memory.
/// </summary>
/// <param name="handshake">Decides who gets through.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Hears of connections that come to nothing.</param>
internal sealed class TlsTransport(TlsHandshake handshake, TimeProvider clock, ILogger<TlsTransport> logger)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private const int Backlog = 512;

    private readonly WideBlocks _blocks = new();

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        NativeHeap.BoundArenas();
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As for the server's own: any address of either family, and never a port that another process listens at.
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(problem.Message, problem);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new(new TlsListener(socket, handshake, _blocks, clock, logger));
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();
}
