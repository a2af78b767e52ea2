using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Tensors;
using Actors.Contracts.Wire;
using Actors.Pki;

using Google.Protobuf;

using Grpc.Core;
using Grpc.Net.Client;

namespace Actors.Silo.Running.Tests;

/// <summary>A collaborator's side of the wire, one call at a time.</summary>
internal sealed class TestCollaborator : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly RunningAggregator _aggregator;

    public TestCollaborator(RunningAggregator aggregator, string name, X509Certificate2? certificate)
    {
        (_aggregator, Name) = (aggregator, name);
        var trust = aggregator.Authority.Trust();
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
                RemoteCertificateValidationCallback = (_, server, _, _) =>
                    trust.Verify(server as X509Certificate2, null, PeerRole.Aggregator).IsTrusted,
            },
        };
        _channel = GrpcChannel.ForAddress(aggregator.Address, new() { HttpHandler = handler, DisposeHttpClient = true });
        Client = new Contracts.Wire.Gateway.GatewayClient(_channel);
    }

    public string Name { get; }

    public GrpcChannel Channel => _channel;

    public Contracts.Wire.Gateway.GatewayClient Client { get; }

    public static CallOptions Options => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(40));

    public string Experiment => _aggregator.Experiment.ToString();

    public async Task<JoinReply> JoinAsync(string planHash = RunningAggregator.PlanHash, string code = RunningAggregator.WorkspaceHash) =>
        await Client.JoinAsync(new() { PlanHash = planHash, Plan = "{\"a\":2}", WorkspaceHash = code, Version = "1" }, Options);

    public async Task<GetTasksReply> GetTasksAsync() => await Client.GetTasksAsync(new() { Experiment = Experiment }, Options);

    public async Task<byte[]> PullAsync(string digest, long offset = 0)
    {
        using var call = Client.PullTensors(new() { Experiment = Experiment, Digest = digest, Offset = offset }, Options);
        using var bytes = new MemoryStream();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal((ulong)(offset + bytes.Length), chunk.Offset);
            bytes.Write(chunk.Data.Span);
        }

        return bytes.ToArray();
    }

    public async Task<ReportReply> ReportMetricAsync(int round, string task, double value, long samples = 10)
    {
        var report = new ResultReport { Experiment = Experiment, Round = round, Task = task, SampleCount = samples };
        report.Metrics.Add(new Metric { Name = "accuracy", Value = value });
        return await Client.ReportResultAsync(report, Options);
    }

    public async Task<ReportReply> ReportUpdateAsync(int round, byte[] model, long samples = 10, ModelManifest? manifest = null)
    {
        manifest ??= TestModel.Manifest;
        var report = new ResultReport { Experiment = Experiment, Round = round, Task = "train", SampleCount = samples };
        report.Bundles.Add(new ReportedBundle
        {
            Bundle = new()
            {
                Kind = "model",
                Digest = TensorDigester.Of(model).ToString(),
                ManifestHash = manifest.Hash.ToString(),
                ByteLength = model.Length,
            },
            Manifest = manifest.ToMessage(),
        });
        return await Client.ReportResultAsync(report, Options);
    }

    public async Task<PushTensorsReply> PushAsync(
        int round, byte[] model, long from = 0, long? until = null, string? digest = null, string task = "train", int chunk = 10)
    {
        using var call = Client.PushTensors(Options);
        await call.RequestStream.WriteAsync(new()
        {
            Header = new()
            {
                Experiment = Experiment,
                Round = round,
                Task = task,
                Digest = digest ?? TensorDigester.Of(model).ToString(),
                ByteLength = model.Length,
            },
        });
        for (var offset = from; offset < (until ?? model.Length); offset += chunk)
        {
            var count = (int)Math.Min(chunk, (until ?? model.Length) - offset);
            await call.RequestStream.WriteAsync(new()
            {
                Chunk = new() { Offset = (ulong)offset, Data = ByteString.CopyFrom(model, (int)offset, count) },
            });
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Runs one round's two tasks the way a collaborator does.</summary>
    public async Task RunRoundAsync(int round, float weight, long samples, double accuracy)
    {
        var work = (await GetTasksAsync()).Work;
        Assert.Equal(round, work.Round);
        Assert.Equal(["validate", "train"], work.Tasks);
        Assert.NotNull((await ReportMetricAsync(round, "validate", accuracy, samples)).Accepted);
        var model = TestModel.Filled(weight, round);
        Assert.NotNull((await ReportUpdateAsync(round, model, samples)).BytesMissing);
        Assert.True((await PushAsync(round, model)).Complete);
        Assert.NotNull((await ReportUpdateAsync(round, model, samples)).Accepted);
    }

    public void Dispose() => _channel.Dispose();
}
