using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Assignment;

/// <summary>Every member has the group that the plan lists it in, in every round; a member in none has no tasks.</summary>
internal sealed class StaticGroupedAssigner : IAssigner
{
    /// <summary>The name by which a plan chooses it.</summary>
    public const string AssignerName = "static_grouped";

    public string Name => AssignerName;

    public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members)
    {
        var groups = choice.Groups
            .SelectMany(group => group.Collaborators.Select(name => (name, group.Tasks)))
            .ToDictionary(pair => pair.name, pair => pair.Tasks, StringComparer.Ordinal);
        return new(members
            .Where(member => groups.TryGetValue(member.Value, out var tasks) && tasks.Count > 0)
            .ToDictionary(member => member, member => groups[member.Value]));
    }
}
