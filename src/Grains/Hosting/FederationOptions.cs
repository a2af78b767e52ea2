namespace Actors.Grains.Hosting;

/// <summary>Settings of the aggregator that are not the plan's.</summary>
public sealed class FederationOptions
{
    /// <summary>How long a collaborator counts as present after its last call. Default: 60 seconds.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many experiments of a long-lived federation run side by side. Default: 1.</summary>
    public int ParallelExperiments { get; set; } = 1;

    /// <summary>How long a failed aggregation waits before it is tried again. Default: 5 seconds.</summary>
    public TimeSpan AggregationRetry { get; set; } = TimeSpan.FromSeconds(5);
}
