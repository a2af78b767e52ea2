using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

using Actors.TestKit.Certificates;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Silo.Transport.Tests;

/// <summary>Connections as the server gets them; what it makes of them is seen in all other tests of a running silo.</summary>
public sealed class TlsTransportTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestAuthority _authority = TestAuthority.Create();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<IDisposable> _open = [];
    private TlsTransport _transport = null!;
    private IConnectionListener _listener = null!;

    public async ValueTask InitializeAsync()
    {
        var handshake = new TlsHandshake(_authority.Aggregator("localhost"), SslProtocols.Tls13, _ => null);
        _transport = new(handshake, _clock, NullLogger<TlsTransport>.Instance);
        _listener = await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(one => one.Dispose());
        await _listener.DisposeAsync();
        _transport.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("h2")]
    [InlineData("http/1.1")]
    public async Task Accept_AfterAHandshake_KnowsTheCallerAndTheProtocol(string protocol)
    {
        using var client = await DialAsync(protocol);
        var connection = await AcceptAsync();

        Assert.Equal("CN=one", connection!.Features.GetRequiredFeature<ITlsConnectionFeature>().ClientCertificate!.Subject);
        Assert.Equal(protocol, System.Text.Encoding.ASCII.GetString(
            connection.Features.GetRequiredFeature<ITlsApplicationProtocolFeature>().ApplicationProtocol.Span));
        Assert.NotNull(connection.Features.GetRequiredFeature<IMemoryPoolFeature>().MemoryPool);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task WhatIsSent_ArrivesBothWays()
    {
        using var client = await DialAsync("h2");
        await using var connection = (await AcceptAsync())!;
        var bytes = new byte[3 << 20];
        new Random(1).NextBytes(bytes);

        var sent = client.WriteAsync(bytes);
        var arrived = new MemoryStream();
        while (arrived.Length < bytes.Length)
        {
            var reading = connection.Transport.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            while (!reading.IsCompleted)
            {
                // While bytes flow the connection waits a moment for more.
                _clock.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Yield();
            }

            var read = await reading;
            foreach (var piece in read.Buffer)
            {
                arrived.Write(piece.Span);
            }

            connection.Transport.Input.AdvanceTo(read.Buffer.End);
        }

        await sent;
        var back = connection.Transport.Output.WriteAsync(arrived.ToArray(), TestContext.Current.CancellationToken);
        var echoed = new byte[bytes.Length];
        await client.ReadExactlyAsync(echoed, TestContext.Current.CancellationToken);
        await back;

        Assert.Equal(bytes, echoed);
    }

    [Fact]
    public async Task OneWhoSaysNothing_HoldsUpNobodyAndIsSentAwayAfterAWhile()
    {
        using var silent = await ConnectAsync();

        using var client = await DialAsync("h2");
        await using var connection = await AcceptAsync();
        Assert.NotNull(connection);

        var end = silent.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        Assert.False(end.IsCompleted);
        while (!end.IsCompleted)
        {
            // The connection may not have been looked at yet, and its patience then begins later.
            _clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Abort_EndsTheConnectionForBothEnds()
    {
        using var client = await DialAsync("h2");
        var connection = (await AcceptAsync())!;
        var reading = connection.Transport.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask();

        connection.Abort(new ConnectionAbortedException());

        await Assert.ThrowsAnyAsync<Exception>(() => reading.WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<IOException>(() => client.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience));
        Assert.True(connection.ConnectionClosed.IsCancellationRequested);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_SaysFarewell()
    {
        using var client = await DialAsync("h2");
        await (await AcceptAsync())!.DisposeAsync();

        Assert.Equal(0, await client.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Dispose_WhenTheOtherEndIsGone_IsQuiet()
    {
        using var client = await DialAsync("h2");
        var connection = (await AcceptAsync())!;
        ((TcpClient)_open[0]).Client.Close(0);
        await Assert.ThrowsAnyAsync<Exception>(() => WriteUntilBrokenAsync(connection).WaitAsync(Patience));
        connection.Transport.Output.GetSpan(1 << 16).Clear();
        connection.Transport.Output.Advance(1 << 16);

        await connection.DisposeAsync();

        Assert.True(connection.ConnectionClosed.IsCancellationRequested);
    }

    [Fact]
    public async Task Dispose_WhenTheOtherEndDoesNotRead_WaitsForItOnlyAMoment()
    {
        using var client = await DialAsync("h2");
        var connection = (await AcceptAsync())!;
        for (var i = 0; i < 512; i++)
        {
            connection.Transport.Output.GetSpan(1 << 16).Clear();
            connection.Transport.Output.Advance(1 << 16);
        }

        await connection.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Unbind_EndsTheAccepting()
    {
        var accepting = _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();

        await _listener.UnbindAsync(TestContext.Current.CancellationToken);

        Assert.Null(await accepting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Bind_ToAPortThatIsTaken_SaysSo() =>
        await Assert.ThrowsAsync<AddressInUseException>(
            async () => await _transport.BindAsync(_listener.EndPoint, TestContext.Current.CancellationToken));

    private static async Task WriteUntilBrokenAsync(ConnectionContext connection)
    {
        while (true)
        {
            await connection.Transport.Output.WriteAsync(new byte[100], TestContext.Current.CancellationToken);
        }
    }

    private async Task<ConnectionContext?> AcceptAsync() =>
        await _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_listener.EndPoint, TestContext.Current.CancellationToken);
        return client;
    }

    private async Task<SslStream> DialAsync(string protocol)
    {
        var client = await ConnectAsync();
        _open.Add(client);
        var (tls, certificate) = (new SslStream(client.GetStream()), _authority.Collaborator("one"));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new(protocol)],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                RemoteCertificateValidationCallback = (_, server, _, _) => server is not null && server.Issuer.Length > 0,
            },
            TestContext.Current.CancellationToken);
        return tls;
    }
}
