using System.Net;

using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Silo;
using Actors.Silo.Hosting;
using Actors.Silo.Storage;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Experiments.Running;

/// <summary>The aggregator of an experiment in this process.</summary>
internal sealed class LocalAggregator : IAsyncDisposable
{
    /// <summary>All nodes run the very same code: its hash tells nothing.</summary>
    public static readonly string WorkspaceHash = new('0', 96);

    private readonly WebApplication _app;

    private LocalAggregator(WebApplication app) => (_app, Address) = (app, GatewayAddress.Of(app, LocalAuthority.Host));

    /// <summary>Where collaborators dial in.</summary>
    public Uri Address { get; }

    /// <summary>Ends with the experiment.</summary>
    public Task Ended => _app.WaitForShutdownAsync();

    /// <summary>How the experiment stood when it ended.</summary>
    public Lifecycle Lifecycle => _app.Services.GetRequiredService<ExperimentEnding>().Lifecycle;

    /// <summary>The experiment of a plan.</summary>
    public static ExperimentId ExperimentOf(Plan plan) => new(new FederationId("local"), plan.Hash.Short);

    /// <summary>Starts it, with the first collaborator's weights.</summary>
    public static async Task<LocalAggregator> StartAsync(
        Plan plan,
        ExperimentPlan definition,
        OwnCode code,
        ExperimentFolder folder,
        LocalAuthority authority,
        IReadOnlyList<LocalCollaborator> collaborators,
        IProgress<RoundResult> rounds,
        ILoggerProvider logs,
        CancellationToken cancellationToken)
    {
        var app = AggregatorProcess.Build(
            OptionsOf(plan, definition, code, folder, authority, collaborators, rounds),
            authority,
            (here, there) => PlanDifference.First(here, there)?.ToString() ?? "",
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static AggregatorOptions OptionsOf(
        Plan plan,
        ExperimentPlan definition,
        OwnCode code,
        ExperimentFolder folder,
        LocalAuthority authority,
        IReadOnlyList<LocalCollaborator> collaborators,
        IProgress<RoundResult> rounds)
    {
        var experiment = ExperimentOf(plan);
        var state = Directory.CreateDirectory(folder.Passing.StateFolder).FullName;
        var store = Path.Combine(state, "tensors");
        var initial = StoredModel.Put(
            new FileTensorStore(store, Durability.ProcessCrash), experiment, BundleKinds.Model, Initial(plan, folder, collaborators[0]));
        return new()
        {
            Experiment = experiment,
            Members = [.. collaborators.Select(one => new CollaboratorName(one.Name))],
            Definition = new(definition, plan.Hash.ToString(), plan.Canonical, WorkspaceHash, initial),
            Certificate = authority.Aggregator(),
            Endpoint = new IPEndPoint(IPAddress.Loopback, plan.Network.AggregatorPort ?? 0),
            TlsVersions = plan.Network.TlsVersions,
            DatabaseFile = Path.Combine(state, "aggregator.db"),
            StoreFolder = store,
            Files = new(
                folder.Kept.Resolve(plan.Aggregator.LastStatePath),
                folder.Kept.Resolve(plan.Aggregator.BestStatePath),
                folder.MetricsFile,
                EventFiles.Of(folder.Kept, plan, experiment, "aggregator")),
            Rules = code.Rules,
            Assigners = code.Assigners,
            HearMetric = code.HearMetric,
            Rounds = rounds,
            Lease = plan.Network.Lease,
        };
    }

    private static RunnerBytes Initial(Plan plan, ExperimentFolder folder, LocalCollaborator first)
    {
        var model = new RunnerBytes(first.Runner);
        ModelFile.Write(folder.Kept.Resolve(plan.Aggregator.InitStatePath), model, round: 0);
        return model;
    }
}
