using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;
using Actors.Contracts.Wire;
using Actors.Pki;

using Grpc.Core;
using Grpc.Net.Client;

namespace Actors.Silo.Running.Tests;

/// <summary>A collaborator's side of the wire, one call at a time.</summary>
internal sealed class TestCollaborator : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly HttpMessageInvoker _http;
    private readonly RunningAggregator _aggregator;

    public TestCollaborator(RunningAggregator aggregator, string name, X509Certificate2? certificate)
    {
        (_aggregator, Name) = (aggregator, name);
        var trust = aggregator.Authority.Trust();
        SocketsHttpHandler Handler() => new()
        {
            Expect100ContinueTimeout = TimeSpan.FromSeconds(40),
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
                RemoteCertificateValidationCallback = (_, server, _, _) =>
                    trust.Verify(server as X509Certificate2, null, PeerRole.Aggregator).IsTrusted,
            },
        };

        // A channel takes its handler's connections for its own.
        _http = new HttpMessageInvoker(Handler());
        _channel = GrpcChannel.ForAddress(aggregator.Address, new() { HttpHandler = Handler(), DisposeHttpClient = true });
        Client = new Contracts.Wire.Gateway.GatewayClient(_channel);
    }

    public string Name { get; }

    public GrpcChannel Channel => _channel;

    /// <summary>By which version of HTTP tensor bytes are moved. Default: 2.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version20;

    public Contracts.Wire.Gateway.GatewayClient Client { get; }

    public static CallOptions Options => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(40));

    public string Experiment => _aggregator.Experiment.ToString();

    public async Task<JoinReply> JoinAsync(string planHash = RunningAggregator.PlanHash, string code = RunningAggregator.WorkspaceHash) =>
        await Client.JoinAsync(new() { PlanHash = planHash, Plan = "{\"a\":2}", WorkspaceHash = code, Version = "1" }, Options);

    public async Task<GetTasksReply> GetTasksAsync() => await Client.GetTasksAsync(new() { Experiment = Experiment }, Options);

    public async Task<byte[]> PullAsync(string digest, long offset = 0)
    {
        using var request = Request(HttpMethod.Get, TensorRoutes.OfPublished(_aggregator.Experiment, TensorDigest.Parse(digest)));
        request.Headers.Range = new(offset, null);
        using var response = await SendAsync(request);
        return await response.Content.ReadAsByteArrayAsync();
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

    /// <returns>How many bytes are stored.</returns>
    public async Task<long> PushAsync(
        int round, byte[] model, long from = 0, long? until = null, string? digest = null, string task = "train")
    {
        using var request = PushRequest(round, task, digest ?? TensorDigester.Of(model).ToString());
        request.Content = new ByteArrayContent(model[(int)from..(int)(until ?? model.Length)]);
        request.Content.Headers.ContentRange = new(from, (until ?? model.Length) - 1, model.Length);
        using var response = await SendAsync(request);
        return long.Parse(response.Headers.GetValues(TensorRoutes.StoredBytesHeader).Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>An upload without a body yet.</summary>
    public HttpRequestMessage PushRequest(int round, string task, string digest) =>
        Request(HttpMethod.Put, TensorRoutes.OfResult(_aggregator.Experiment, round, task, TensorDigest.Parse(digest)));

    /// <summary>Sends a request for tensor bytes.</summary>
    /// <exception cref="RpcException">It is answered with a failure.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(40));
        return response.IsSuccessStatusCode ? response : throw new RpcException(TransferStatus.Read(
            response.StatusCode,
            response.Headers.GetValues(TransferStatus.CodeHeader).Single(),
            response.Headers.GetValues(TransferStatus.DetailHeader).Single()));
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
        Assert.Equal(model.Length, await PushAsync(round, model));
        Assert.NotNull((await ReportUpdateAsync(round, model, samples)).Accepted);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }

    private HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(_aggregator.Address, path))
    {
        Version = HttpVersion,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
