using Actors.Contracts.Identity;

namespace Actors.Grains.Queue;

/// <summary>A federation's queue for those who look at it.</summary>
/// <param name="Experiments">The experiments, in the order of their submission.</param>
/// <param name="Hosts">The hosts that are here.</param>
/// <param name="WaitsFor">What those that wait are waiting for, by name.</param>
[GenerateSerializer, Immutable, Alias("queue-report")]
public sealed record QueueReport(
    [property: Id(0)] IReadOnlyList<QueuedExperiment> Experiments,
    [property: Id(1)] IReadOnlyDictionary<CollaboratorName, AttendingHost> Hosts,
    [property: Id(2)] IReadOnlyDictionary<string, string> WaitsFor)
{
    /// <summary>The experiment of a name; null when there is none.</summary>
    public QueuedExperiment? Find(string name) => Experiments.FirstOrDefault(experiment => experiment.Name == name);
}
