namespace Actors.Grains.Tasks;

/// <summary>What is persisted of a round's task. The results it is made of are not: the collaborators' grains hold them.</summary>
[GenerateSerializer, Immutable, Alias("task-state")]
public sealed record TaskState
{
    /// <summary>What it came to; null before it is aggregated.</summary>
    [Id(0)]
    public TaskOutcome? Outcome { get; init; }
}
