using Actors.Grains.Assignment;

namespace Actors.Grains.Experiments.Tests;

public class ExperimentPlanTests
{
    [Fact]
    public void Evaluating_IsOneRoundOfTheGroupsTasks()
    {
        var plan = Given.Plan(rounds: 7).Evaluating(Given.Group(0.2, "validate"));

        Assert.Equal(1, plan.Rounds);
        Assert.Equal(["validate"], plan.Tasks.Select(task => task.Name));
        Assert.Equal("wait_all", plan.Stragglers.Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Evaluating_AGroupByPercentage_TakesEverybody(double percentage)
    {
        var assigned = Assign(Given.Plan().Evaluating(Given.Group(percentage, "validate")));

        Assert.Equal(Given.Names(3), assigned.Tasks.Keys.Order());
        Assert.All(assigned.Tasks.Values, tasks => Assert.Equal(["validate"], tasks));
        Assert.Null(assigned.Enough);
    }

    [Fact]
    public void Evaluating_AStaticGroup_TakesThoseItLists()
    {
        var group = Given.Group(0, "validate") with { Collaborators = ["c000", "c002"] };

        Assert.Equal(["c000", "c002"], Assign(Given.Plan().Evaluating(group)).Tasks.Keys.Select(name => name.Value).Order());
    }

    [Fact]
    public void Evaluating_AnAsynchronousPlan_WaitsForAll()
    {
        var plan = Given.Plan() with { Stragglers = Given.Choice("async", ("buffer_size", 1)) };

        Assert.Equal("wait_all", plan.Evaluating(Given.Group(1, "validate")).Stragglers.Name);
    }

    [Fact]
    public void Evaluating_APlanWithACutoff_KeepsIt()
    {
        var plan = Given.Plan() with { Stragglers = Given.Choice("cutoff_time", ("straggler_cutoff_time", 30)) };

        Assert.Equal(plan.Stragglers, plan.Evaluating(Given.Group(1, "validate")).Stragglers);
    }

    private static RoundAssignment Assign(ExperimentPlan plan) =>
        Assigners.BuiltIn.Find(plan.Assigner.Name).Assign(plan.Assigner, 0, 0, Given.Names(3));
}
