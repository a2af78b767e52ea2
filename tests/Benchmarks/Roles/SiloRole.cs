using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Processes;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;
using Actors.Pki;
using Actors.Silo;
using Actors.Silo.Hosting;
using Actors.Silo.Security;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Orleans;

namespace Actors.Benchmarks.Roles;

/// <summary>What the silo is started with.</summary>
/// <param name="Folder">Database, store and files go here.</param>
/// <param name="Authority">The authority's workspace.</param>
/// <param name="Collaborators">How many may take part; see <see cref="LoadSettings.NameOf"/>.</param>
/// <param name="Workload">The model.</param>
internal sealed record SiloSettings(string Folder, string Authority, int Collaborators, Workload Workload);

/// <summary>What the silo answers.</summary>
/// <param name="Port">Where the gateway listens.</param>
/// <param name="GrainCalls">Calls to grains so far.</param>
/// <param name="DatabaseWrites">Writes of grain state so far.</param>
internal sealed record SiloFigures(int Port, long GrainCalls, long DatabaseWrites);

/// <summary>The real aggregator process, but for its command line.</summary>
internal static class SiloRole
{
    /// <summary>The role's name on the command line.</summary>
    public const string Name = "role-silo";

    /// <summary>The experiment that is run.</summary>
    public static readonly ExperimentId Experiment = new(new FederationId("bench"), "one");

    /// <summary>What plan and code are said to be.</summary>
    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>Runs until the input ends.</summary>
    public static async Task<int> RunAsync()
    {
        var settings = await Conversation.SettingsAsync<SiloSettings>();
        var certificates = new CertificateFolder(settings.Authority);
        using var certificate = PeerTrust.LoadIdentity(
            certificates.Certificate(PeerRole.Aggregator, "localhost"), certificates.Key(PeerRole.Aggregator, "localhost"));
        var calls = new GrainCallCount();
        using var writes = new StorageWriteCount();
        await using var app = AggregatorProcess.Build(Options(settings, certificate), new Trust(certificates), (_, _) => "", builder =>
        {
            builder.Services.AddSingleton<IIncomingGrainCallFilter>(calls);
            builder.Logging.SetMinimumLevel(LogLevel.Warning)
                .AddFilter("Orleans.Runtime", LogLevel.Error)
                .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        await app.StartAsync();
        await Conversation.ReplyAsync(new SiloFigures(GatewayAddress.Of(app, "localhost").Port, 0, 0));
        await foreach (var command in Conversation.CommandsAsync())
        {
            if (command[0] == "collect")
            {
                GC.Collect();
            }

            await Conversation.ReplyAsync(new SiloFigures(0, calls.Count, writes.Count));
        }

        await app.StopAsync();
        return 0;
    }

    private static AggregatorOptions Options(SiloSettings settings, X509Certificate2 certificate)
    {
        var store = new FileTensorStore(Path.Combine(settings.Folder, "tensors"), Durability.ProcessCrash);
        return new()
        {
            Experiment = Experiment,
            Members = [.. Enumerable.Range(0, settings.Collaborators).Select(index => new CollaboratorName(LoadSettings.NameOf(index)))],
            Definition = new(Plan(), Hash, "{}", Hash, InitialModel(store, settings.Workload.Manifest())),
            Certificate = certificate,
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            DatabaseFile = Path.Combine(settings.Folder, "aggregator.db"),
            StoreFolder = Path.Combine(settings.Folder, "tensors"),
            Files = new(
                Path.Combine(settings.Folder, "last.pbuf"), Path.Combine(settings.Folder, "best.pbuf"), Path.Combine(settings.Folder, "metrics.jsonl")),
            OpenFl = new() { Folder = Path.Combine(settings.Folder, "openfl") },
            Grace = TimeSpan.Zero,

            // The simulated collaborators wait for each other for minutes and send no heartbeats.
            Lease = TimeSpan.FromHours(1),
        };
    }

    private static ExperimentPlan Plan()
    {
        string[] tasks = ["aggregated_model_validation", "train", "locally_tuned_model_validation"];
        return new()
        {
            Rounds = 1_000_000,
            Tasks = [.. tasks.Select(task => new TaskChoice(task, PolicyChoice.Named("weighted_average")))],
            Assigner = new("random_grouped", 0, [new("train_and_validate", tasks, 1, [])]),
            Stragglers = PolicyChoice.Named("wait_all"),
            Best = new("aggregated_model_validation", "accuracy", HigherIsBetter: true),
            StoredRounds = 2,
        };
    }

    private static TensorBundle InitialModel(FileTensorStore store, ModelManifest manifest)
    {
        store.PutManifest(Experiment, manifest);
        using var stage = store.CreateStage(TensorScope.Models(Experiment), "initial");
        var zeros = new byte[1 << 16];
        while (stage.Length < manifest.ByteLength)
        {
            stage.Append(zeros.AsSpan(0, (int)Math.Min(zeros.Length, manifest.ByteLength - stage.Length)));
        }

        return new(BundleKinds.Model, stage.Commit(), manifest.Hash, manifest.ByteLength);
    }

    private sealed class Trust(CertificateFolder folder) : IPeerTrust
    {
        // The original's authority has no list, and says nothing of usage.
        private readonly PeerTrust _trust = new(
            folder.Chain,
            TimeProvider.System,
            RevocationList.ReadIfThere(folder.RevocationList, folder.Chain, TimeProvider.System),
            acceptMissingUsage: !File.Exists(folder.RevocationList));

        public string? ProblemWith(X509Certificate2? certificate) =>
            _trust.ProblemWith(certificate, PeerRole.Collaborator);
    }

    private sealed class GrainCallCount : IIncomingGrainCallFilter
    {
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public Task Invoke(IIncomingGrainCallContext context)
        {
            Interlocked.Increment(ref _count);
            return context.Invoke();
        }
    }

    /// <summary>Orleans measures how long each write and each clearing of state takes; one measurement is one write.</summary>
    private sealed class StorageWriteCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public StorageWriteCount()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "orleans-storage-write-latency" or "orleans-storage-clear-latency")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.Start();
        }

        public long Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
