using System.Net;

using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;
using Actors.Pki;
using Actors.Silo.Hosting;
using Actors.Silo.Security;
using Actors.TestKit.Certificates;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Running.Tests;

/// <summary>A real aggregator on loopback over a folder that outlives it; start it again over the same folder to see what survives.</summary>
internal sealed class RunningAggregator : IAsyncDisposable
{
    public const string PlanHash = "plan";
    public const string WorkspaceHash = "code";

    private readonly WebApplication _app;

    private RunningAggregator(WebApplication app, TestAuthority authority, ExperimentId experiment)
    {
        (_app, Authority, Experiment) = (app, authority, experiment);
        Address = GatewayAddress.Of(app, "localhost");
    }

    public TestAuthority Authority { get; }

    public ExperimentId Experiment { get; }

    public Uri Address { get; }

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public Task Ended => _app.WaitForShutdownAsync();

    public static async Task<RunningAggregator> StartAsync(
        string folder, TestAuthority authority, string[] members, int rounds = 2, Action<Settings>? change = null)
    {
        var settings = new Settings();
        change?.Invoke(settings);
        var experiment = new ExperimentId(new FederationId("test"), "one");
        var store = new FileTensorStore(Path.Combine(folder, "tensors"), Durability.ProcessCrash);
        var initial = PutInitialModel(store, experiment, settings);
        var options = new AggregatorOptions
        {
            Experiment = experiment,
            Members = [.. members.Select(name => new CollaboratorName(name))],
            Definition = new(PlanOf(rounds, settings), settings.PlanHash, "{\"a\":1}", settings.WorkspaceHash, initial)
            {
                InitialStates = settings.HasControl ? [initial with { Kind = BundleKinds.Control }] : [],
            },
            Certificate = authority.Aggregator("localhost"),
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            OperatorSocket = SocketIn(folder),
            DatabaseFile = Path.Combine(folder, "aggregator.db"),
            StoreFolder = Path.Combine(folder, "tensors"),
            Files = settings.Evaluation is not null ? new(null, null, Path.Combine(folder, "metrics.jsonl")) : new(
                Path.Combine(folder, "last.pbuf"), Path.Combine(folder, "best.pbuf"), Path.Combine(folder, "metrics.jsonl"),
                Path.Combine(folder, "events.out.tfevents.aggregator")),
            OpenFl = new()
            {
                Folder = Path.Combine(folder, "openfl"),
                Pipeline = TensorPipelines.Find(settings.OpenFlPipeline),
                AveragesOptimizers = settings.OpenFlAveragesOptimizers,
            },
            Hold = settings.Hold,
            Grace = settings.Grace,
            Lease = settings.Lease,
        };
        var app = AggregatorProcess.Build(options, new Trust(authority.Trust()), (_, _) => "rounds: 1 here, 2 there", settings.Configure);
        await app.StartAsync();
        return new(app, authority, experiment);
    }

    public static string SocketIn(string folder) => Path.Combine(folder, "operator", "aggregator.sock");

    public TestCollaborator Collaborator(string name, Version? http = null) =>
        new(this, name, Authority.Collaborator(name)) { HttpVersion = http ?? System.Net.HttpVersion.Version20 };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static ExperimentPlan PlanOf(int rounds, Settings settings) => settings.Evaluation is { } group
        ? TrainingPlan(rounds, settings).Evaluating(group)
        : TrainingPlan(rounds, settings);

    private static ExperimentPlan TrainingPlan(int rounds, Settings settings) => new()
    {
        Rounds = rounds,
        Tasks =
        [
            new("validate", PolicyChoice.Named("weighted_average")),
            new("train", settings.Rule),
        ],
        Assigner = new("random_grouped", 0, [new("all", ["validate", "train"], 1, [])]),
        Stragglers = settings.Stragglers,
        Best = new("validate", "accuracy", HigherIsBetter: true),
        StoredRounds = 2,
        Publishing = settings.Publishing,
    };

    private static TensorBundle PutInitialModel(FileTensorStore store, ExperimentId experiment, Settings settings)
    {
        store.PutManifest(experiment, settings.Manifest);
        using var stage = store.CreateStage(TensorScope.Models(experiment), "initial");
        stage.Append(new byte[settings.Manifest.ByteLength]);
        return new(BundleKinds.Model, stage.Commit(), settings.Manifest.Hash, settings.Manifest.ByteLength);
    }

    internal sealed class Settings
    {
        /// <summary>The model's layout; the initial model is all zeros.</summary>
        public ModelManifest Manifest { get; set; } = TestModel.Manifest;

        public string PlanHash { get; set; } = RunningAggregator.PlanHash;

        public string WorkspaceHash { get; set; } = RunningAggregator.WorkspaceHash;

        /// <summary>Changes services before the process is built: the first registration of a service wins.</summary>
        public Action<WebApplicationBuilder>? Configure { get; set; }

        public string OpenFlPipeline { get; set; } = "none";

        public bool OpenFlAveragesOptimizers { get; set; }

        /// <summary>Whether the first round starts with control variates, all zeros.</summary>
        public bool HasControl { get; set; }

        public TimeSpan Hold { get; set; } = TimeSpan.FromSeconds(5);

        public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(2);

        public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

        /// <summary>How updates become a model.</summary>
        public PolicyChoice Rule { get; set; } = PolicyChoice.Named("weighted_average");

        /// <summary>How a model's change is encoded; null publishes models whole.</summary>
        public CompressionPipeline? Publishing { get; set; }

        /// <summary>The group that measures the initial model; null to train.</summary>
        public TaskGroup? Evaluation { get; set; }

        public PolicyChoice Stragglers { get; set; } = PolicyChoice.Named("wait_all");
    }

    private sealed class Trust(PeerTrust trust) : IPeerTrust
    {
        public string? ProblemWith(System.Security.Cryptography.X509Certificates.X509Certificate2? certificate) =>
            trust.ProblemWith(certificate, PeerRole.Collaborator);
    }
}
