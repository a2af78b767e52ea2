using Actors.Grains.Collaborators;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// What is persisted of a collaborator in an asynchronous experiment. Its size does not grow with the turns: contributions leave
/// it when they are folded in.
/// </summary>
[GenerateSerializer, Immutable, Alias("contributor-state")]
public sealed record ContributorState
{
    /// <summary>The newest turn's number; -1 before the first.</summary>
    [Id(0)]
    public int Turn { get; init; } = -1;

    /// <summary>The version it starts from.</summary>
    [Id(1)]
    public int Version { get; init; }

    /// <summary>What it starts from.</summary>
    [Id(2)]
    public IReadOnlyList<TensorBundle> Bundles { get; init; } = [];

    /// <summary>Its tasks, in order.</summary>
    [Id(3)]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>What is accepted of it, in the order of acceptance.</summary>
    [Id(4)]
    public IReadOnlyList<TaskReport> Results { get; init; } = [];

    /// <summary>The contributions that no version has folded in yet, oldest first.</summary>
    [Id(5)]
    public IReadOnlyList<Contribution> Pending { get; init; } = [];

    /// <summary>The newest turn's tasks that have no result, in order.</summary>
    public IReadOnlyList<string> OpenTasks => [.. Tasks.Where(task => Results.All(result => result.Task != task))];
}
