namespace Actors.Simulation.Machines;

/// <summary>The product's own times, and how long things take here.</summary>
internal static class Times
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan GrainCall = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AggregationRetry = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Resubscription = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Heartbeat = Lease / 3;
    public static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(0.2);
    public static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(10);

    // A connection that is cut in silence is noticed by its keep-alive pings.
    public static readonly TimeSpan SilentCut = TimeSpan.FromSeconds(40);
}
