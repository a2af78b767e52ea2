using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Roles;
using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;

using Grpc.Core;
using Grpc.Net.Client;

using Wire = Actors.Contracts.Wire;

namespace Actors.Benchmarks.Clients;

/// <summary>A collaborator by the generated client alone, with its model in memory: as light as a client can be.</summary>
internal sealed class WireCollaborator : LoadClient
{
    private readonly GrpcChannel _channel;
    private readonly Wire.Gateway.GatewayClient _calls;
    private readonly HttpMessageInvoker _http;
    private readonly TensorExchange _tensors;
    private byte[] _model = [];
    private string _digest = "";

    public WireCollaborator(int index, ConnectionSettings connection, X509Certificate2 certificate)
        : base(index, certificate)
    {
        // One connection for everything, as a host has it for a small model.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = ConnectAsync,
            SslOptions = connection.Tls(certificate),
        };
        _http = new(handler);
        _tensors = new(connection.Address, _http, _http);
        _channel = GrpcChannel.ForAddress(connection.Address, new() { HttpHandler = handler });
        _calls = new(_channel);
    }

    private static CallOptions Options => new(deadline: (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime);

    public override async Task JoinAsync()
    {
        var reply = await _calls.JoinAsync(new() { PlanHash = SiloRole.Hash, Plan = "{}", WorkspaceHash = SiloRole.Hash, Version = "0" }, Options);
        _ = reply.Accepted ?? throw new InvalidOperationException(reply.Refused.Message);
    }

    public override Task PrepareAsync()
    {
        // Another number for each collaborator and round; all parameters in the same way.
        var shift = ((Index % 97) + 1) * (1f / 256);
        foreach (ref var parameter in MemoryMarshal.Cast<byte, float>(_model.AsSpan()))
        {
            parameter += shift;
        }

        _digest = TensorDigester.Of(_model).ToString();
        return Task.CompletedTask;
    }

    protected override async Task<Wire.GetTasksReply> AskAsync() =>
        await _calls.GetTasksAsync(new() { Experiment = SiloRole.Experiment.ToString() }, Options);

    protected override async Task FetchAsync(Wire.TensorBundle bundle)
    {
        if (_model.Length != bundle.ByteLength)
        {
            _model = new byte[bundle.ByteLength];
        }

        using var answer = await _tensors.GetAsync(SiloRole.Experiment, TensorDigest.Parse(bundle.Digest), 0, bundle.ByteLength, CancellationToken.None);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(_model);
    }

    protected override Wire.TensorBundle Update() => With(Work.Bundles.Single(), _digest);

    protected override async Task ReportAsync(Wire.ResultReport report)
    {
        while (await _calls.ReportResultAsync(report, Options) is { Accepted: null } reply)
        {
            if (reply.BytesMissing is null)
            {
                throw new InvalidOperationException($"The report was answered {reply}.");
            }

            await PushAsync(report);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _channel.Dispose();
        _http.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task PushAsync(Wire.ResultReport report)
    {
        using var body = new ByteArrayContent(_model);
        body.Headers.ContentRange = new(0, _model.Length - 1, _model.Length);
        var path = TensorRoutes.OfResult(SiloRole.Experiment, report.Round, report.Task, TensorDigest.Parse(_digest));
        await _tensors.PutAsync(path, body, CancellationToken.None);
    }
}
