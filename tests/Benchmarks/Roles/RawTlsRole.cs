using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Clients;
using Actors.Pki;

namespace Actors.Benchmarks.Roles;

/// <summary>One end of bare TLS connections.</summary>
/// <param name="Authority">The authority's workspace.</param>
/// <param name="Port">The other end's port; 0 to be the end that listens.</param>
/// <param name="Connections">How many connections, all at once.</param>
/// <param name="BytesEach">What each carries.</param>
internal sealed record RawTlsSettings(string Authority, int Port, int Connections, long BytesEach);

/// <summary>Bytes from memory to memory through <see cref="SslStream"/> and nothing else: what TLS costs on this machine.</summary>
internal static class RawTlsRole
{
    /// <summary>The role's name on the command line.</summary>
    public const string Name = "role-raw-tls";

    private const int PieceBytes = 1 << 18;

    /// <summary>Runs until the input ends; <c>run</c> moves the bytes once.</summary>
    public static async Task<int> RunAsync()
    {
        var settings = await Conversation.SettingsAsync<RawTlsSettings>();
        return settings.Port == 0 ? await ListenAsync(settings) : await SendAsync(settings);
    }

    private static async Task<int> ListenAsync(RawTlsSettings settings)
    {
        var certificates = new CertificateFolder(settings.Authority);
        using var certificate = PeerTrust.LoadIdentity(
            certificates.Certificate(PeerRole.Aggregator, "localhost"), certificates.Key(PeerRole.Aggregator, "localhost"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(settings.Connections);
        await Conversation.ReplyAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        await Task.WhenAll(Enumerable.Range(0, settings.Connections).Select(async _ =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, client, _, _) => client is not null,
            });
            var buffer = new byte[PieceBytes];
            var left = settings.BytesEach;
            while (await tls.ReadAsync(buffer) is > 0 and var count)
            {
                left -= count;
                if (left == 0)
                {
                    await tls.WriteAsync(new byte[1]);
                    left = settings.BytesEach;
                }
            }
        }).Append(EndAsync()));
        return 0;
    }

    // The listening end has nothing to be told; it ends with its input.
    private static async Task EndAsync()
    {
        await foreach (var _ in Conversation.CommandsAsync())
        {
            await Conversation.ReplyAsync(true);
        }

        Environment.Exit(0);
    }

    private static async Task<int> SendAsync(RawTlsSettings settings)
    {
        using var certificates = new Certificates(settings.Authority);
        using var certificate = certificates.Issue("raw");
        var connection = new ConnectionSettings(
            new LoadSettings("", settings.Authority, settings.Port, 0, 0, Workload.Tiny, false), new(settings.Authority));
        var streams = new List<SslStream>();
        for (var i = 0; i < settings.Connections; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, settings.Port);
            streams.Add(new SslStream(new NetworkStream(socket, ownsSocket: true)));
            await streams[i].AuthenticateAsClientAsync(connection.Tls(certificate));
        }

        await Conversation.ReplyAsync(0);
        var bytes = new byte[PieceBytes];
        Random.Shared.NextBytes(bytes);
        await foreach (var _ in Conversation.CommandsAsync())
        {
            await Task.WhenAll(streams.Select(stream => Task.Run(() => SendAsync(stream, bytes, settings.BytesEach))));
            await Conversation.ReplyAsync(true);
        }

        return 0;
    }

    private static async Task SendAsync(SslStream stream, byte[] bytes, long count)
    {
        for (var left = count; left > 0;)
        {
            var piece = (int)Math.Min(left, bytes.Length);
            await stream.WriteAsync(bytes.AsMemory(0, piece));
            left -= piece;
        }

        await stream.ReadExactlyAsync(new byte[1]);
    }
}
