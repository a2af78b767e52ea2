namespace Actors.Grains.Queue;

/// <summary>A federation's queue as it stands.</summary>
/// <param name="Experiments">The experiments that were not removed, in the order of their submission.</param>
/// <param name="NextNumber">The number of the next one.</param>
internal sealed record QueueState(IReadOnlyList<QueuedExperiment> Experiments, int NextNumber)
{
    /// <summary>The experiment of a name; null when there is none.</summary>
    public QueuedExperiment? Find(string name) => Experiments.FirstOrDefault(experiment => experiment.Name == name);
}
