using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Tests;

namespace Actors.Grains.Asynchronous.Tests;

public class VersionAssignmentsTests
{
    private readonly Counting _assigner = new();
    private readonly AssignerChoice _choice = new("counting", 0, []);

    [Fact]
    public void Of_TheSameVersion_IsWorkedOutOnce()
    {
        var assignments = new VersionAssignments(Assigners.BuiltIn.With(_assigner));
        var first = assignments.Of(Given.Experiment, _choice, 3, Given.Names(4));
        for (var contributor = 0; contributor < 10; contributor++)
        {
            Assert.Same(first, assignments.Of(Given.Experiment, _choice, 3, Given.Names(4)));
        }

        Assert.Equal(1, _assigner.Asked);
    }

    [Fact]
    public void Of_AnotherVersionOrExperimentOrOtherMembers_IsAnother()
    {
        var assignments = new VersionAssignments(Assigners.BuiltIn.With(_assigner));
        assignments.Of(Given.Experiment, _choice, 3, Given.Names(4));
        Assert.Equal(4, assignments.Of(Given.Experiment, _choice, 4, Given.Names(4)).Tasks.Count);
        Assert.Equal(5, assignments.Of(Given.Experiment, _choice, 4, Given.Names(5)).Tasks.Count);
        Assert.Equal(2, assignments.Of(new(Given.Experiment.Federation, "other"), _choice, 4, Given.Names(2)).Tasks.Count);
        Assert.Equal(4, _assigner.Asked);
    }

    private sealed class Counting : IAssigner
    {
        public int Asked { get; private set; }

        public string Name => "counting";

        public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members)
        {
            Asked++;
            return new(members.ToDictionary(member => member, _ => (IReadOnlyList<string>)["train"]));
        }
    }
}
