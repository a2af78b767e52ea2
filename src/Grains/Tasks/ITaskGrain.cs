using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;

namespace Actors.Grains.Tasks;

/// <summary>One task of one round. Key: <c>federation/experiment/round/task</c>.</summary>
[Alias("task")]
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Is told an accepted result. Kept in memory; repeating it changes nothing.</summary>
    [Alias("accept")]
    Task AcceptAsync(CollaboratorName collaborator, TaskReport report);

    /// <summary>
    /// Starts the aggregation of the given collaborators' results and returns; the round is told when it is done. Repeating it
    /// starts nothing twice, and tells the round again when it was done already. Other collaborators replace those of before.
    /// </summary>
    /// <param name="rule">The aggregation rule and its settings.</param>
    /// <param name="counted">Whose results count, in ordinal order; each has one accepted.</param>
    /// <param name="cancellationToken">Ends the call, not the aggregation.</param>
    [Alias("aggregate")]
    Task AggregateAsync(PolicyChoice rule, IReadOnlyList<CollaboratorName> counted, CancellationToken cancellationToken);
}
