using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Wire;
using Actors.Grains.Experiments;
using Actors.Pki;
using Actors.Silo.Hosting;
using Actors.Silo.Security;
using Actors.TestKit.Certificates;

using Google.Protobuf;

using Grpc.Core;
using Grpc.Net.Client;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Federations.Tests;

/// <summary>A real long-lived federation on loopback over a folder that outlives it.</summary>
internal sealed class RunningFederation : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];
    private readonly Trust _trust;

    private RunningFederation(WebApplication app, TestAuthority authority, Trust trust, string folder)
    {
        (_app, Authority, _trust, Folder) = (app, authority, trust, folder);
        Address = GatewayAddress.Of(app, "localhost");
    }

    public TestAuthority Authority { get; }

    public string Folder { get; }

    public Uri Address { get; }

    public string Experiments => ExperimentsIn(Folder);

    public static Task<RunningFederation> StartAsync(string folder, TestAuthority authority, params string[] members) =>
        StartAsync(folder, authority, () => { }, members);

    /// <summary>Starts one that does something, such as waiting, before each experiment is created.</summary>
    public static async Task<RunningFederation> StartAsync(string folder, TestAuthority authority, Action beforeCreation, params string[] members)
    {
        var trust = new Trust(authority.Trust());
        var app = FederationProcess.Build(
            new("demo")
            {
                Members = [.. members.Select(name => new CollaboratorName(name))],
                Certificate = authority.Aggregator("localhost"),
                Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
                DatabaseFile = Path.Combine(folder, "federation.db"),
                StoreFolder = Path.Combine(folder, "tensors"),
                ExperimentsFolder = ExperimentsIn(folder),
                PlanOf = plan =>
                {
                    beforeCreation();
                    return PlanOf(plan);
                },
                Hold = TimeSpan.FromSeconds(2),
            },
            trust,
            (_, _) => "");
        await app.StartAsync();
        return new(app, authority, trust, folder);
    }

    private static ExperimentPlan PlanOf(Plan plan) => new()
    {
        Rounds = plan.Aggregator.RoundsToTrain,
        Tasks = [.. plan.Tasks.Select(task => new TaskChoice(task.Name, PolicyChoice.Named("weighted_average")))],
        Assigner = new("random_grouped", 0, [new("all", [.. plan.Tasks.Select(task => task.Name)], 1, [])]),
        Stragglers = PolicyChoice.Named("wait_all"),
        Best = new("validate", "accuracy", HigherIsBetter: true),
        StoredRounds = 2,
    };

    public GatewayCredentials Credentials(X509Certificate2 certificate) => new(certificate, _trust.ProblemWithAggregator);

    public string? ProblemWithAuthor(X509Certificate2 author) => _trust.ProblemWithOperator(author);

    public Contracts.Wire.Federation.FederationClient Operator(string name = "alice") => new(Connect(Authority.Operator(name)));

    public GrpcChannel Connect(X509Certificate2 certificate)
    {
        var channel = GrpcChannel.ForAddress(Address, new()
        {
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                    RemoteCertificateValidationCallback = (_, server, _, _) => server is X509Certificate2 presented && _trust.ProblemWithAggregator(presented) is null,
                },
            },
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>How much of a submission is there from an upload that broke off.</summary>
    public async Task<long> ArrivedAsync(TestExperiment experiment) => (await Operator().GetArrivedAsync(new() { Digest = SignedBy(experiment).Digest })).Bytes;

    /// <summary>Sends the beginning of a submission's bytes, and breaks off once they have arrived.</summary>
    public async Task BreakOffAsync(TestExperiment experiment, ReadOnlyMemory<byte> beginning)
    {
        using var call = Operator().Submit();
        await call.RequestStream.WriteAsync(new() { Header = HeaderOf(experiment, 0) });
        await call.RequestStream.WriteAsync(new() { Data = ByteString.CopyFrom(beginning.Span) });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (new DirectoryInfo(Experiments).GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) < beginning.Length)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Sends a submission's bytes from an offset on.</summary>
    public async Task SendAsync(TestExperiment experiment, long offset, ReadOnlyMemory<byte> rest)
    {
        using var call = Operator().Submit(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(40));
        await call.RequestStream.WriteAsync(new() { Header = HeaderOf(experiment, offset) });
        await call.RequestStream.WriteAsync(new() { Data = ByteString.CopyFrom(rest.Span) });
        await call.RequestStream.CompleteAsync();
        await call.ResponseAsync;
    }

    /// <summary>Submits as a careful client does, with what a test wants to be different.</summary>
    public async Task<SubmitReply> SubmitAsync(
        TestExperiment experiment, SignedExperiment? signed = null, Contracts.Wire.Federation.FederationClient? client = null, Action<byte[]>? change = null)
    {
        var (archive, model) = (await File.ReadAllBytesAsync(experiment.Archive), await File.ReadAllBytesAsync(experiment.Model));
        var header = HeaderOf(experiment, 0, signed);
        change?.Invoke(archive);
        using var call = (client ?? Operator()).Submit(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(40));
        var upload = new UploadParts<SubmitRequest>(call.RequestStream);
        _ = await upload.TryWriteAsync(new() { Header = header }, CancellationToken.None)
            && await upload.TryWriteAsync(new() { Data = ByteString.CopyFrom([.. archive, .. model]) }, CancellationToken.None)
            && await upload.TryCompleteAsync();
        return await call.ResponseAsync;
    }

    private SubmitHeader HeaderOf(TestExperiment experiment, long offset, SignedExperiment? signed = null) => new()
    {
        Seal = (signed ?? SignedBy(experiment)).ToMessage(),
        ArchiveBytes = new FileInfo(experiment.Archive).Length,
        ModelBytes = new FileInfo(experiment.Model).Length,
        Offset = offset,
    };

    private SignedExperiment SignedBy(TestExperiment experiment) => SignedExperiment.Of(experiment.Digests, Authority.Operator("alice"));

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string ExperimentsIn(string folder) => Path.Combine(folder, "experiments");

    private sealed class Trust(PeerTrust trust) : IFederationTrust
    {
        public string? ProblemWith(X509Certificate2? certificate) => Problem(certificate, PeerRole.Collaborator);

        public string? ProblemWithOperator(X509Certificate2? certificate) => Problem(certificate, PeerRole.Operator);

        public string? ProblemWithAggregator(X509Certificate2 certificate) => Problem(certificate, PeerRole.Aggregator);

        private string? Problem(X509Certificate2? certificate, PeerRole role) =>
            trust.ProblemWith(certificate, role);
    }
}
