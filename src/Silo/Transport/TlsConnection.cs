using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Actors.Silo.Transport;

/// <summary>A connection whose handshake is done, as the server wants to see it. It has no memory of its own while nothing is said.</summary>
internal sealed class TlsConnection : DefaultConnectionContext, ITlsConnectionFeature, ITlsApplicationProtocolFeature, IMemoryPoolFeature
{
    // The least: the pool gives wide blocks while it has some.
    private const int BlockBytes = WideBlocks.NarrowBytes;
    private const int LeastRead = 2 << 10;
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly SslStream _tls;
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Takes over the connection.</summary>
    /// <param name="socket">What it is made on.</param>
    /// <param name="tls">What it is read and written by.</param>
    /// <param name="memory">For what is read and written.</param>
    public TlsConnection(Socket socket, SslStream tls, MemoryPool<byte> memory)
    {
        (_socket, _tls, MemoryPool) = (socket, tls, memory);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = _closed.Token;
        Features.Set<ITlsConnectionFeature>(this);
        Features.Set<ITlsApplicationProtocolFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Transport = new Pipes(
            PipeReader.Create(tls, new(memory, BlockBytes, LeastRead, leaveOpen: true, useZeroByteReads: true)),
            PipeWriter.Create(tls, new(memory, BlockBytes, leaveOpen: true)));
    }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    /// <inheritdoc/>
    public MemoryPool<byte> MemoryPool { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ApplicationProtocol => _tls.NegotiatedApplicationProtocol.Protocol;

    /// <inheritdoc/>
    public X509Certificate2? ClientCertificate
    {
        get => _tls.RemoteCertificate as X509Certificate2;
        set => throw new NotSupportedException("The certificate is the one that the handshake was made with.");
    }

    /// <inheritdoc/>
    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        // Reads and writes that wait end with the socket. Linger 0: the other end learns at once that this is no orderly end.
        _socket.Close(0);
        _closed.Cancel();
    }

    /// <inheritdoc/>
    /// <remarks>Never throws: the server would keep the connection in its books, and wait for it when it stops.</remarks>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync();
        await TrySayFarewellAsync();
        _socket.Dispose();
        await TryAsync(() => _tls.DisposeAsync().AsTask());
        await base.DisposeAsync();
        await _closed.CancelAsync();
        _closed.Dispose();
    }

    // What is still to be sent, and that nothing follows; somebody who does not read holds up nobody.
    private Task TrySayFarewellAsync() => TryAsync(async () =>
    {
        await Transport.Output.CompleteAsync().AsTask().WaitAsync(FarewellPatience);
        await _tls.ShutdownAsync().WaitAsync(FarewellPatience);
        _socket.Shutdown(SocketShutdown.Both);
    });

    private static async Task TryAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException
            or TimeoutException or OperationCanceledException)
        {
            // The other end did not wait for it.
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
