using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Assignment;

/// <summary>Decides who runs which tasks in a round. The same arguments always give the same answer.</summary>
public interface IAssigner
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>Assigns a round's tasks.</summary>
    /// <param name="choice">The plan's groups, seed and numbers.</param>
    /// <param name="round">The round's number, from 0.</param>
    /// <param name="attempt">How often the round has been tried again, from 0. Whoever had tasks before keeps them.</param>
    /// <param name="members">The federation's members, in ordinal order.</param>
    RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members);
}
