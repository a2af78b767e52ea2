using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Experiments.Tests;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Grains.Tensors;

using Microsoft.Extensions.DependencyInjection;

using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Actors.Grains.Running.Tests;

/// <summary>One silo for all tests; each test has a federation of its own in it.</summary>
public class ClusterFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-grains-").FullName;

    public InProcessTestCluster Cluster { get; private set; } = null!;

    internal FaultyTensorStore Store { get; private set; } = null!;

    internal RecordingRecord Record { get; private set; } = null!;

    internal TestSource Source { get; private set; } = null!;

    internal FaultyStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = new(new FileTensorStore(_folder, Durability.ProcessCrash));
        Record = new(Store);
        Source = new(Store);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            AddGrains(silo.Services);

            // A deadlock shows as a timeout: soon, not after half a minute.
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Configure<GrainCollectionOptions>(Configure);
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Storage = (FaultyStorage)Cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainStorage>();
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>How many experiments of a long-lived federation run side by side.</summary>
    protected virtual int ParallelExperiments => 1;

    /// <summary>Says when grains are put to sleep.</summary>
    protected virtual void Configure(GrainCollectionOptions collection)
    {
    }

    private void AddGrains(IServiceCollection services)
    {
        services.AddSingleton(Assigners.BuiltIn.With(new BrokenAssigner()));
        services.AddFederation();
        services.AddSingleton<ITensorStore>(Store);
        services.AddSingleton<IExperimentRecord>(Record);
        services.AddSingleton<IExperimentSource>(Source);
        services.Configure<FederationOptions>(options =>
        {
            options.Lease = TimeSpan.FromMilliseconds(500);
            options.AggregationRetry = TimeSpan.FromMilliseconds(50);
            options.ParallelExperiments = ParallelExperiments;
        });
        services.AddSingleton<IGrainStorage>(provider =>
            new FaultyStorage(ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(provider)));
    }
}

/// <summary>The tests that share the silo.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // A collection of tests is called so.
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>
#pragma warning restore CA1711
{
    public const string Name = "cluster";
}
