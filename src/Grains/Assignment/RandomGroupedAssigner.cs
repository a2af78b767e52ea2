using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Assignment;

/// <summary>
/// Shuffles the members anew each round and cuts them into the plan's groups by percentage (the OpenFL paper, Figure 4). Sizes
/// are rounded by largest remainder, so that every member is in a group and 3 members at 50/50 make groups of 2 and 1.
/// </summary>
internal sealed class RandomGroupedAssigner : IAssigner
{
    /// <summary>The name by which a plan chooses it.</summary>
    public const string AssignerName = "random_grouped";

    public string Name => AssignerName;

    public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members)
    {
        var shuffled = SeededShuffle.Of(members, choice.Seed, round);
        var sizes = LargestRemainder.Split(members.Count, [.. choice.Groups.Select(group => group.Percentage)]);
        var assigned = new Dictionary<CollaboratorName, IReadOnlyList<string>>(members.Count);
        var next = 0;
        for (var group = 0; group < sizes.Length; group++)
        {
            foreach (var member in choice.Groups[group].Tasks.Count == 0 ? [] : shuffled.AsSpan(next, sizes[group]))
            {
                assigned[member] = choice.Groups[group].Tasks;
            }

            next += sizes[group];
        }

        return new(assigned);
    }
}
