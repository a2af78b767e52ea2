using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Experiments.Tests;

/// <summary>An assigner that cannot be asked ends the experiment, and its reason says why.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AssignmentTests(ClusterFixture fixture)
{
    [Theory]
    [InlineData("wait_all")]
    [InlineData("async")]
    public async Task BrokenAssigner_EndsTheExperiment(string policy)
    {
        var federation = new TestFederation(fixture, "ann")
        {
            Plan = TestFederation.PlanOf(3, PolicyChoice.Named(policy)) with { Assigner = new(BrokenAssigner.AssignerName, 0, []) },
        };
        await federation.StartAsync();
        await federation.GetWorkAsync("ann");

        var end = await federation.EndAsync();

        Assert.Equal((Lifecycle.Failed, "The assigner broken failed in round 0: no such luck"), (end.Lifecycle, end.Reason));
    }
}

/// <summary>An assigner of the shared silo's that always fails.</summary>
internal sealed class BrokenAssigner : IAssigner
{
    public const string AssignerName = "broken";

    public string Name => AssignerName;

    public RoundAssignment Assign(AssignerChoice choice, int round, int attempt, IReadOnlyList<CollaboratorName> members) =>
        throw new AssignmentException($"The assigner {Name} failed in round {round}: no such luck", new InvalidOperationException("no such luck"));
}
