namespace Actors.Grains.Queue;

/// <summary>What is persisted of a federation's queue beside its experiments: which there are. It changes with a submission or a removal only.</summary>
[GenerateSerializer, Immutable, Alias("queue-index")]
public sealed record QueueIndex
{
    /// <summary>The numbers of the experiments. One that has no record counts as none: a crash came between the two.</summary>
    [Id(0)]
    public IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>The number of the next one: no two experiments have had the same.</summary>
    [Id(1)]
    public int NextNumber { get; init; } = 1;
}
