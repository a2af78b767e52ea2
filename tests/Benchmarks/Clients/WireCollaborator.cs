using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Roles;
using Actors.Contracts.Tensors;

using Google.Protobuf;

using Grpc.Core;
using Grpc.Net.Client;

using Wire = Actors.Contracts.Wire;

namespace Actors.Benchmarks.Clients;

/// <summary>A collaborator by the generated client alone, with its model in memory: as light as a client can be.</summary>
internal sealed class WireCollaborator : LoadClient
{
    private readonly GrpcChannel _channel;
    private readonly Wire.Gateway.GatewayClient _calls;
    private byte[] _model = [];
    private string _digest = "";

    public WireCollaborator(int index, ConnectionSettings connection, X509Certificate2 certificate)
        : base(index, certificate)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            SslOptions = connection.Tls(certificate),
        };
        _channel = GrpcChannel.ForAddress(connection.Address, new() { HttpHandler = handler, DisposeHttpClient = true });
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

        using var call = _calls.PullTensors(new() { Experiment = SiloRole.Experiment.ToString(), Digest = bundle.Digest }, Options);
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Data.Span.CopyTo(_model.AsSpan((int)call.ResponseStream.Current.Offset));
        }
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

    protected override void Dispose(bool disposing) => _channel.Dispose();

    private async Task PushAsync(Wire.ResultReport report)
    {
        using var call = _calls.PushTensors(Options);
        await call.RequestStream.WriteAsync(new()
        {
            Header = new()
            {
                Experiment = report.Experiment,
                Round = report.Round,
                Task = report.Task,
                Digest = _digest,
                ByteLength = _model.Length,
            },
        });
        await call.RequestStream.WriteAsync(new() { Chunk = new() { Data = UnsafeByteOperations.UnsafeWrap(_model) } });
        await call.RequestStream.CompleteAsync();
        await call;
    }
}
