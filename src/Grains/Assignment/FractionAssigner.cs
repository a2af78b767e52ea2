using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Assignment;

/// <summary>
/// Each round takes a random fraction <c>fraction</c> of the members, at least one (C of McMahan et al., 2017, Algorithm 1), and
/// gives them the tasks of the plan's first group. With <c>over_selection</c> above 1 so many times more are invited, and the
/// round has enough with the first that are complete (Bonawitz et al., 2019, section 2.2). A round that is tried again invites as
/// many once more.
/// </summary>
internal sealed class FractionAssigner : IAssigner
{
    public string Name => "fraction";

    public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members)
    {
        if (members.Count == 0 || choice.Groups is not [{ Tasks.Count: > 0 } group, ..])
        {
            return new(new Dictionary<CollaboratorName, IReadOnlyList<string>>());
        }

        // Half away from zero, as C · K is rounded on paper; not to even.
        var wanted = Math.Clamp((int)Math.Round(choice.Number("fraction", 1) * members.Count, MidpointRounding.AwayFromZero), 1, members.Count);
        var invited = (long)Math.Ceiling((wanted * Math.Max(choice.Number("over_selection", 1), 1)) - 1e-9) * (attempt + 1L);
        var shuffled = SeededShuffle.Of(members, choice.Seed, round);
        return new(
            shuffled.Take((int)Math.Min(invited, members.Count)).ToDictionary(member => member, _ => group.Tasks),
            wanted < invited ? wanted : null);
    }
}
