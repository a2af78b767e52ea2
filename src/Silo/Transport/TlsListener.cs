using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

using Actors.Contracts.Transfer;

using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Transport;

/// <summary>Accepts connections and gives those away whose handshake is done; handshakes run side by side.</summary>
internal sealed partial class TlsListener : IConnectionListener
{
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhenHandlesAreScarce = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly TlsHandshake _handshake;
    private readonly MemoryPool<byte> _memory;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<ConnectionContext> _ready = Channel.CreateUnbounded<ConnectionContext>();
    private readonly CancellationTokenSource _unbound = new();
    private readonly Task _accepting;

    /// <summary>Begins to accept.</summary>
    /// <param name="socket">Listens; disposed with this.</param>
    /// <param name="handshake">Decides who gets through.</param>
    /// <param name="memory">For what is read and written.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Hears of connections that come to nothing.</param>
    public TlsListener(Socket socket, TlsHandshake handshake, MemoryPool<byte> memory, TimeProvider clock, ILogger logger)
    {
        (_socket, _handshake, _memory, _clock, _logger) = (socket, handshake, memory, clock, logger);
        EndPoint = socket.LocalEndPoint!;
        _accepting = Task.Run(AcceptAllAsync);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _ready.Reader.WaitToReadAsync(cancellationToken) && _ready.Reader.TryRead(out var connection) ? connection : null;

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        _socket.Dispose();
        await _accepting;
        _ready.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_ready.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync();
        }
    }

    private async Task AcceptAllAsync()
    {
        while (!_unbound.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_unbound.Token);
                _ = Task.Run(() => AuthenticateAsync(socket));
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException problem)
            {
                // Such as too many open handles: those who wait are still there when some are closed.
                LogNotAccepted(problem.Message);
                await Task.Delay(WhenHandlesAreScarce, _clock, CancellationToken.None);
            }
        }
    }

    // Owns the connection until it is given away.
    private async Task AuthenticateAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(HandshakePatience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _unbound.Token);
        SslStream? tls = null;
        try
        {
            socket.NoDelay = true;
            var gathering = new GatheringStream(new NetworkStream(socket, ownsSocket: true), _clock);
            tls = new SslStream(gathering);
            await tls.AuthenticateAsServerAsync(_handshake.Options(_logger), either.Token);
            if (TlsBuffers.Of(tls) is { } buffers)
            {
                buffers.ReleaseWhenIdle();
                gathering.WhenSilent = () => buffers.GiveBack();
            }

            if (_ready.Writer.TryWrite(new TlsConnection(socket, tls, _memory)))
            {
                return;
            }
        }
        catch (Exception problem) when (problem is AuthenticationException or IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            LogNoHandshake(problem.Message);
        }
        catch (Exception problem)
        {
            // The edge of the process: one connection must not end the others.
            LogHandshakeFailed(problem);
        }

        await (tls?.DisposeAsync() ?? default);
        socket.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "A connection could not be accepted: {Problem}")]
    private partial void LogNotAccepted(string problem);

    [LoggerMessage(LogLevel.Debug, "A connection came to no handshake: {Problem}")]
    private partial void LogNoHandshake(string problem);

    [LoggerMessage(LogLevel.Error, "A handshake failed")]
    private partial void LogHandshakeFailed(Exception problem);
}
