using Actors.Grains.Experiments;
using Actors.Grains.Stragglers;

namespace Actors.Grains.Rounds.Tests;

public class RoundTests
{
    private static readonly IReadOnlyList<string> Both = ["validate", "train"];

    [Fact]
    public void OpenTasks_BeforeAnyReport_AreAllInThePlansOrder() => Assert.Equal(Both, OfThree().OpenTasks(Given.Name("c001")));

    [Fact]
    public void OpenTasks_AfterAReport_AreTheOthers()
    {
        var round = OfThree();
        Assert.True(round.Enter(Given.Name("c001"), "validate"));
        Assert.Equal(["train"], round.OpenTasks(Given.Name("c001")));
        Assert.Equal(Both, round.OpenTasks(Given.Name("c000")));
    }

    [Fact]
    public void OpenTasks_OfAStranger_AreNone() => Assert.Empty(OfThree().OpenTasks(Given.Name("stranger")));

    [Theory]
    [InlineData("c000", "train", true)]
    [InlineData("c000", "lunch", false)]
    [InlineData("stranger", "train", false)]
    public void Enter_TellsWhetherTheTaskWasGiven(string collaborator, string task, bool given)
    {
        var round = OfThree();
        Assert.Equal(given, round.HasTask(Given.Name(collaborator), task));
        Assert.Equal(given, round.Enter(Given.Name(collaborator), task));
        Assert.Equal(0, round.CompleteCount);
    }

    [Fact]
    public void Enter_Twice_CountsOnce()
    {
        var round = OfThree();
        Report(round, "c000");
        Report(round, "c000");
        Assert.Equal(1, round.CompleteCount);
        Assert.Empty(round.OpenTasks(Given.Name("c000")));
    }

    [Fact]
    public void Complete_HoldsThoseWithAllTasksReported_InOrdinalOrder()
    {
        var round = OfThree();
        Report(round, "c002");
        Report(round, "c000");
        round.Enter(Given.Name("c001"), "train");
        Assert.Equal([Given.Name("c000"), Given.Name("c002")], round.Complete());
        Assert.Equal((3, 2), (round.AssignedCount, round.CompleteCount));
    }

    [Fact]
    public void WithTask_KeepsThoseWhoHaveIt()
    {
        var plan = Given.Plan() with
        {
            Assigner = new("static_grouped", 0, [new("a", ["train"], 0, ["c000", "c001"]), new("b", ["validate"], 0, ["c002"])]),
        };
        var round = new Round(Given.OpenRound(plan, 3), 0);
        Assert.Equal([Given.Name("c001")], round.WithTask([Given.Name("c001"), Given.Name("c002")], "train"));
    }

    [Fact]
    public void Decide_WhenAllHaveReported_ClosesWithoutAskingThePolicy()
    {
        var round = OfThree();
        Array.ForEach(["c000", "c001", "c002"], name => Report(round, name));
        Assert.Equal(RoundDecision.CloseNow, round.Decide(startedAt: null, Given.Start));
    }

    [Fact]
    public void Decide_BeforeTheClockStarts_Waits() => Assert.Equal(RoundDecision.Wait, WithCutoff().Decide(startedAt: null, Given.Start.AddDays(1)));

    [Fact]
    public void Decide_CountsTimeFromTheFirstHandingOut()
    {
        var round = WithCutoff();
        Report(round, "c000");
        Assert.Equal(RoundDecision.WaitUntil(TimeSpan.FromSeconds(60)), round.Decide(Given.Start, Given.Start.AddSeconds(59)));
        Assert.Equal(RoundDecision.CloseNow, round.Decide(Given.Start, Given.Start.AddSeconds(60)));
    }

    [Fact]
    public void Decide_WithNobodyAssigned_NeverCloses() =>
        Assert.Equal(RoundDecision.Wait, new Round(Given.OpenRound(Given.Plan(), 0), 0).Decide(startedAt: null, Given.Start));

    [Fact]
    public void Round_WithoutPlan_IsRefused() =>
        Assert.StartsWith("The round has no plan yet.", Assert.Throws<ArgumentException>(() => new Round(new RoundState(), 0)).Message, StringComparison.Ordinal);

    private static Round OfThree() => new(Given.OpenRound(Given.Plan(), 3), 0);

    private static Round WithCutoff() => new(
        Given.OpenRound(Given.Plan() with { Stragglers = Given.Choice("cutoff_time", ("straggler_cutoff_time", 60)) }, 3), 0);

    private static void Report(Round round, string collaborator)
    {
        foreach (var task in Both)
        {
            Assert.True(round.Enter(Given.Name(collaborator), task));
        }
    }
}
