using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

/// <summary>A collaborator's results of one turn, all accepted: what a version folds in.</summary>
/// <param name="Turn">The collaborator's turn.</param>
/// <param name="Version">The version it started from.</param>
/// <param name="StartedFrom">That version's model.</param>
/// <param name="Reports">The results, in the order of their acceptance.</param>
[GenerateSerializer, Immutable, Alias("contribution")]
public sealed record Contribution(
    [property: Id(0)] int Turn,
    [property: Id(1)] int Version,
    [property: Id(2)] TensorBundle StartedFrom,
    [property: Id(3)] IReadOnlyList<TaskReport> Reports);

/// <summary>Names a contribution.</summary>
/// <param name="Collaborator">Whose it is.</param>
/// <param name="Turn">Of which turn.</param>
[GenerateSerializer, Immutable, Alias("contribution-key")]
public readonly record struct ContributionKey([property: Id(0)] CollaboratorName Collaborator, [property: Id(1)] int Turn)
{
    /// <summary>The order in which contributions are folded in: by collaborator, then by turn.</summary>
    public static IComparer<ContributionKey> Order { get; } = Comparer<ContributionKey>.Create((one, other) =>
        one.Collaborator.CompareTo(other.Collaborator) is not 0 and var order ? order : one.Turn.CompareTo(other.Turn));
}
