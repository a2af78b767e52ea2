namespace Actors.Grains.Queue;

/// <summary>What is persisted of a federation's queue.</summary>
[GenerateSerializer, Immutable, Alias("queue-state")]
public sealed record QueueState
{
    /// <summary>The experiments that were not removed, in the order of their submission.</summary>
    [Id(0)]
    public IReadOnlyList<QueuedExperiment> Experiments { get; init; } = [];

    /// <summary>The number of the next one: no two experiments have had the same.</summary>
    [Id(1)]
    public int NextNumber { get; init; } = 1;

    /// <summary>The experiment of a name; null when there is none.</summary>
    public QueuedExperiment? Find(string name) => Experiments.FirstOrDefault(experiment => experiment.Name == name);

    /// <summary>The state with one experiment changed.</summary>
    public QueueState With(QueuedExperiment changed) =>
        this with { Experiments = [.. Experiments.Select(experiment => experiment.Number == changed.Number ? changed : experiment)] };
}
