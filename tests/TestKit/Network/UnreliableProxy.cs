using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Network;

/// <summary>
/// A bad network on loopback: passes TCP connections on to another port, and does to each what it is told. It sees ciphertext
/// only, so whatever it does to the order of bytes shows as a broken connection.
/// </summary>
public sealed class UnreliableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Task> _connections = [];
    private readonly Func<int, ConnectionFault> _faultOf;
    private readonly int _target;
    private readonly Task _accepting;
    private int _accepted;
    private int _broken;

    private UnreliableProxy(int target, Func<int, ConnectionFault> faultOf)
    {
        (_target, _faultOf) = (target, faultOf);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where to dial.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were made.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many of them it refused or cut.</summary>
    public int Broken => Volatile.Read(ref _broken);

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">The port on loopback that connections are passed on to.</param>
    /// <param name="faultOf">What is wrong with a connection, by its number from 0.</param>
    public static UnreliableProxy Start(int target, Func<int, ConnectionFault> faultOf) => new(target, faultOf);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var number = _accepted++;
                _connections[number] = PassAsync(client, _faultOf(number));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is disposed.
        }
    }

    private async Task PassAsync(Socket client, ConnectionFault fault)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (client)
        {
            client.NoDelay = true;
            if (fault.Refused)
            {
                Interlocked.Increment(ref _broken);
                Reset(client);
                return;
            }

            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, over.Token);
                var up = PassAsync(client, server, fault.Up, over.Token);
                var down = PassAsync(server, client, fault.Down, over.Token);
                if (await await Task.WhenAny(up, down))
                {
                    Interlocked.Increment(ref _broken);
                    Reset(client);
                    Reset(server);
                }

                await over.CancelAsync();
                await Task.WhenAll(up, down);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of the two is gone, which is all that a proxy can know.
            }
        }
    }

    // True when the connection is to be broken; false when its sender has ended it.
    private static async Task<bool> PassAsync(Socket from, Socket to, StreamFault fault, CancellationToken cancellationToken)
    {
        var buffer = new byte[fault.PieceBytes];
        var (passed, stalled, swapped) = (0L, false, false);
        while (true)
        {
            var most = fault.CutAfterBytes is { } cut ? (int)Math.Min(buffer.Length, cut - passed) : buffer.Length;
            if (most <= 0)
            {
                return true;
            }

            var read = await from.ReceiveAsync(buffer.AsMemory(0, most), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            await Task.Delay(fault.Delay, cancellationToken);
            if (!stalled && passed + read > fault.StallAfterBytes)
            {
                stalled = true;
                await Task.Delay(fault.Stall, cancellationToken);
            }

            passed += read;
            var piece = buffer.AsMemory(0, read);
            if (!swapped && read > 1 && passed > fault.SwapAfterBytes)
            {
                swapped = true;
                piece = (byte[])[.. buffer[(read / 2)..read], .. buffer[..(read / 2)]];
            }

            await SendAsync(to, piece, cancellationToken);
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
        }
    }

    // A reset, as a router's reboot would give: what is under way is lost.
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
