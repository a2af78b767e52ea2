using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// Who has which tasks at the newest version of each asynchronous experiment, worked out once for all contributors of this process: each of
/// ten thousand would else go through all ten thousand members for itself.
/// </summary>
internal sealed class VersionAssignments(Assigners assigners)
{
    private readonly ConcurrentDictionary<ExperimentId, Entry> _newest = [];

    /// <summary>The assignment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="choice">The plan's assigner.</param>
    /// <param name="version">The version.</param>
    /// <param name="members">The federation's members, in ordinal order.</param>
    public RoundAssignment Of(ExperimentId experiment, AssignerChoice choice, int version, IReadOnlyList<CollaboratorName> members)
    {
        if (_newest.TryGetValue(experiment, out var found) && found.Version == version && found.IsOf(members))
        {
            return found.Assignment;
        }

        var assignment = assigners.Find(choice.Name).Assign(choice, version, attempt: 0, members);
        _newest[experiment] = new(version, members, assignment);
        return assignment;
    }

    private sealed record Entry(int Version, IReadOnlyList<CollaboratorName> Members, RoundAssignment Assignment)
    {
        public bool IsOf(IReadOnlyList<CollaboratorName> members) => ReferenceEquals(Members, members) || Members.SequenceEqual(members);
    }
}
