using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using Actors.CollaboratorHost.Tests;

namespace Actors.CollaboratorHost.Gateway.Tests;

/// <summary>A server that ends the connection under a request and says that it has not looked at it: the transport would try again by itself.</summary>
public sealed class SendOnceHandlerTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public SendOnceHandlerTests() => _server.Start();

    [Fact]
    public async Task ConnectionGoneUnderABody_FailsInsteadOfSendingItAgain()
    {
        using var client = new HttpClient(new SendOnceHandler(new SocketsHttpHandler()));
        using var body = new Stream("a message");
        var goingAway = GoAwayAsync();

        var sending = client.SendAsync(Request(body));

        await Assert.ThrowsAsync<HttpRequestException>(() => sending.WaitAsync(Federation.Patience));
        Assert.Equal(1, body.Written);
        await goingAway;
    }

    [Fact]
    public async Task HeadersOfTheBody_AreKept()
    {
        var seen = new Seen();
        using var client = new HttpClient(new SendOnceHandler(seen));

        await client.PostAsync(new Uri("http://localhost/"), new StringContent("four", null, "application/grpc"));

        Assert.Equal(("application/grpc; charset=utf-8", 4L, "four"), seen.Body);
    }

    public void Dispose() => _server.Dispose();

    private HttpRequestMessage Request(HttpContent body) => new(HttpMethod.Post, $"http://{_server.LocalEndpoint}/")
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Content = body,
    };

    // The first connection goes away once data have come; on the next one nobody answers.
    private async Task GoAwayAsync()
    {
        const byte Data = 0, Settings = 4, GoAway = 7;
        using var socket = await _server.AcceptSocketAsync();
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length]);
        await stream.WriteAsync(Frame(Settings, []));
        var head = new byte[9];
        do
        {
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian([0, .. head[..3]])]);
        }
        while (head[3] != Data);

        // No stream was looked at, and there was no error.
        await stream.WriteAsync(Frame(GoAway, [0, 0, 0, 0, 0, 0, 0, 0]));
    }

    private static byte[] Frame(byte type, byte[] payload) => [0, 0, (byte)payload.Length, type, 0, 0, 0, 0, 0, .. payload];

    /// <summary>Messages that are written once, and a second writing that waits for more, as a gRPC stream does.</summary>
    private sealed class Stream(string message) : HttpContent
    {
        public int Written { get; private set; }

        protected override async Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context)
        {
            Written++;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(message));
            await stream.FlushAsync();
            await Task.Delay(Timeout.Infinite);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Seen : HttpMessageHandler
    {
        public (string? Type, long? Length, string Text) Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = request.Content!;
            Body = (content.Headers.ContentType?.ToString(), content.Headers.ContentLength, await content.ReadAsStringAsync(cancellationToken));
            return new(HttpStatusCode.OK);
        }
    }
}
