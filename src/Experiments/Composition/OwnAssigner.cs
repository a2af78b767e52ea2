using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Learning;

namespace Actors.Experiments.Composition;

/// <summary>A federation's own assigner among the aggregator's: what it does wrong ends the experiment with its name.</summary>
/// <param name="name">The name by which the plan chooses it.</param>
/// <param name="assigner">The federation's assigner.</param>
/// <param name="tasks">The plan's tasks, in its order.</param>
internal sealed class OwnAssigner(string name, Assigner assigner, IReadOnlyList<string> tasks) : IAssigner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members)
    {
        var byName = members.ToDictionary(member => member.Value, StringComparer.Ordinal);
        var assigned = new Dictionary<CollaboratorName, IReadOnlyList<string>>();
        foreach (var (collaborator, given) in Ask(new(round, [.. byName.Keys], tasks, choice.Seed)))
        {
            if (!byName.TryGetValue(collaborator, out var member))
            {
                throw Wrong(round, $"gave tasks to {collaborator}, who is not in the federation. Assign to the collaborators it is asked about");
            }

            if (given.FirstOrDefault(task => !tasks.Contains(task)) is { } stray)
            {
                throw Wrong(round, $"gave {collaborator} the task '{stray}', which the plan does not have. Assign some of {string.Join(", ", tasks)}");
            }

            if (given.Count > 0)
            {
                assigned[member] = [.. given.Distinct()];
            }
        }

        return new(assigned);
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Ask(RoundQuestion question)
    {
        try
        {
            return assigner.Assign(question);
        }
        catch (Exception problem)
        {
            throw new AssignmentException($"The assigner {name} failed in round {question.Number}: {problem.Message}", problem); // It is anybody's code, and would fail again.
        }
    }

    private AssignmentException Wrong(int round, string what) => new($"The assigner {name} {what} (round {round}).");
}
