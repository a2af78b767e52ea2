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

        Assert.True(TlsBuffers.ReleaseWhenIdle(server));

        for (var i = 0; i < 3; i++)
        {
            await client.WriteAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);
            var read = new byte[3];
            await server.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
            await server.WriteAsync(read, TestContext.Current.CancellationToken);
            await client.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
            Assert.Equal([1, 2, 3], read);
        }
    }

    [Fact]
    public async Task BeforeAHandshake_ThereAreNone()
    {
        await using var stream = new SslStream(new MemoryStream());

        Assert.False(TlsBuffers.ReleaseWhenIdle(stream));
    }
}
