using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Transfer;

using Grpc.Core;
using Grpc.Net.Client;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>One gateway address, the long-lived HTTP/2 connection to it, and others while large tensors move.</summary>
internal sealed class GatewayEndpoint : IDisposable
{
    // What waits for its reader waits in blocks of 16 KiB from the shared pool, which keeps 32 for a core: more at once would be allocated
    // anew all the time. On a long line the window grows by itself.
    private const int StreamWindowBytes = 512 << 10;

    private const int LargestMessageBytes = 64 << 20;

    // Between two rounds of a small federation it is not made anew; among thousands it does not stay.
    private static readonly TimeSpan TransferIdle = TimeSpan.FromMinutes(1);

    private readonly GrpcChannel _channel;
    private readonly SendOnceHandler _calls;
    private readonly SendOnceHandler _transfers;

    public GatewayEndpoint(Uri address, GatewayCredentials credentials, TimeProvider clock)
    {
        Address = address;
        Check = new(address, credentials.Trust, clock);
        _calls = new(Handler(credentials, clock, Timeout.InfiniteTimeSpan));
        _transfers = new(Handler(credentials, clock, TransferIdle));
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = _calls,
            DisposeHttpClient = false,
            MaxReceiveMessageSize = LargestMessageBytes,
        });
        Tensors = new(address, new HttpMessageInvoker(_calls, disposeHandler: false), new HttpMessageInvoker(_transfers, disposeHandler: false));
        Calls = new(_channel);
        Hosts = new(_channel);
    }

    public Uri Address { get; }

    /// <summary>Knows why the last certificate was not accepted.</summary>
    public ServerCertificateCheck Check { get; }

    /// <summary>Why calls to this address fail, as last told.</summary>
    public ReasonChange Reasons { get; } = new();

    /// <summary>The calls of an experiment.</summary>
    public Wire.Gateway.GatewayClient Calls { get; }

    /// <summary>Moves tensor bytes.</summary>
    public TensorExchange Tensors { get; }

    /// <summary>The calls between experiments.</summary>
    public Wire.Hosts.HostsClient Hosts { get; }

    /// <summary>For the calls of others than collaborators.</summary>
    public CallInvoker Invoker => _channel.CreateCallInvoker();

    public void Dispose()
    {
        _channel.Dispose();
        _calls.Dispose();
        _transfers.Dispose();
    }

    private SocketsHttpHandler Handler(GatewayCredentials credentials, TimeProvider clock, TimeSpan idle) => new()
    {
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = idle,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(10),
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindowBytes,
        ConnectCallback = (context, token) => ConnectAsync(context, clock, token),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = credentials.AllowTls12 ? SslProtocols.Tls13 | SslProtocols.Tls12 : SslProtocols.Tls13,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Certificate,
            RemoteCertificateValidationCallback = Check.Accept,
            // Only the federation's authorities count, and the trust callback knows them; nothing is fetched from the network.
            CertificateChainPolicy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                TrustMode = X509ChainTrustMode.CustomRootTrust,
            },
        },
    };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new GatheringStream(new NetworkStream(socket, ownsSocket: true), clock);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
