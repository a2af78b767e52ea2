using System.Net;
using System.Net.Security;
using System.Net.Sockets;

using Actors.TestKit.Certificates;

namespace Actors.Silo.Transport.Tests;

public sealed class TlsBuffersTests
{
    [Fact]
    public async Task OfAConnection_AreReleasedAndItGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere TLS is not OpenSSL's.");
        using var authority = TestAuthority.Create();
        using var certificate = authority.Aggregator("localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var dialled = new TcpClient();
        await dialled.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var server = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken), ownsSocket: true));
        await using var client = new SslStream(dialled.GetStream(), false, (_, presented, _, _) => certificate.Equals(presented));
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate), client.AuthenticateAsClientAsync("localhost"));

        var buffers = TlsBuffers.Of(server)!;
        Assert.True(buffers.ReleaseWhenIdle());

        var said = new byte[100_000];
        Random.Shared.NextBytes(said);
        for (var i = 0; i < 3; i++)
        {
            var answer = EchoAsync();
            await client.WriteAsync(said, TestContext.Current.CancellationToken);
            await answer;
            var heard = new byte[said.Length];
            await client.ReadExactlyAsync(heard, TestContext.Current.CancellationToken);
            Assert.Equal(said, heard);

            // A few records and no more are in them; then nothing.
            Assert.InRange(buffers.GiveBack(), 16 << 10, 256 << 10);
            Assert.Equal(0, buffers.GiveBack());
        }

        await server.DisposeAsync();
        Assert.Equal(0, buffers.GiveBack());

        async Task EchoAsync()
        {
            var read = new byte[said.Length];
            await server.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
            await server.WriteAsync(read, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task BeforeAHandshake_ThereAreNone()
    {
        await using var stream = new SslStream(new MemoryStream());

        Assert.Null(TlsBuffers.Of(stream));
    }
}
