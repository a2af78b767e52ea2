using Orleans.Configuration;

namespace Actors.Grains.Running.Tests;

/// <summary>A silo in which any number of experiments run side by side, and which puts to sleep what nobody has asked for a second.</summary>
public sealed class RoomyClusterFixture : ClusterFixture
{
    protected override int ParallelExperiments => 1000;

    protected override void Configure(GrainCollectionOptions collection) =>
        (collection.CollectionQuantum, collection.CollectionAge) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
}
