using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
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
        Assert.True(round.Enter(Given.Name("c001"), "validate", Given.Start));
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
        Assert.Equal(given, round.Enter(Given.Name(collaborator), task, Given.Start));
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
        round.Enter(Given.Name("c001"), "train", Given.Start);
        Assert.Equal([Given.Name("c000"), Given.Name("c002")], round.Complete);
        Assert.Equal([Given.Name("c001")], round.Outstanding);
        Assert.Equal((3, 2), (round.AssignedCount, round.CompleteCount));
    }

    [Fact]
    public void WithTask_KeepsThoseWhoHaveIt()
    {
        var plan = Given.Plan() with
        {
            Assigner = new("static_grouped", 0, [new("a", ["train"], 0, ["c000", "c001"]), new("b", ["validate"], 0, ["c002"])]),
        };
        Assert.Equal([Given.Name("c001")], Of(plan, 3).WithTask([Given.Name("c001"), Given.Name("c002")], "train"));
    }

    [Fact]
    public void Decide_WhenAllHaveReported_ClosesWithoutAskingThePolicy()
    {
        var round = OfThree();
        ReportAll(round, 3);
        Assert.Equal(RoundDecision.CloseNow, round.Decide(startedAt: null, Given.Start));
    }

    [Fact]
    public void Decide_WhenAllHaveReportedButFewerThanTheMinimum_DoesNotClose()
    {
        var round = With("cutoff_time", ("straggler_cutoff_time", 60), ("minimum_reporting", 4));
        ReportAll(round, 3);
        Assert.False(round.Decide(Given.Start, Given.Start.AddSeconds(1)).Close);
        Assert.Equal(RoundDecision.Retry, round.Decide(Given.Start, Given.Start.AddSeconds(60)));
    }

    [Fact]
    public void Decide_BeforeTheClockStarts_Waits() =>
        Assert.Equal(RoundDecision.Wait, WithCutoff().Decide(startedAt: null, Given.Start.AddDays(1)));

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
        Assert.Equal(RoundDecision.Wait, Of(Given.Plan(), 0).Decide(startedAt: null, Given.Start));

    [Fact]
    public void Decide_WhenAllTheOthersAreGone_ClosesBeforeTheDeadline()
    {
        var round = WithCutoff();
        Report(round, "c000");
        round.NoteLost([Given.Name("c001")]);
        Assert.False(round.Decide(Given.Start, Given.Start).Close);

        round.NoteLost([Given.Name("c001"), Given.Name("c002")]);
        Assert.Equal(RoundDecision.CloseNow, round.Decide(Given.Start, Given.Start));
    }

    [Fact]
    public void Decide_WhenTheOthersAreGoneButFewerThanTheMinimumReported_DoesNotClose()
    {
        var round = With("cutoff_time", ("straggler_cutoff_time", 60), ("minimum_reporting", 2));
        Report(round, "c000");
        round.NoteLost([Given.Name("c001"), Given.Name("c002")]);
        Assert.False(round.Decide(Given.Start, Given.Start).Close);
    }

    [Fact]
    public void Decide_OneThatReportsIsNotGone()
    {
        var round = WithCutoff();
        round.NoteLost([Given.Name("c000"), Given.Name("c001"), Given.Name("c002")]);
        round.Enter(Given.Name("c000"), "validate", Given.Start);
        round.NoteLost([Given.Name("c001"), Given.Name("c002")]);
        Report(round, "c001");
        Assert.False(round.Decide(Given.Start, Given.Start).Close);
    }

    [Theory]
    [InlineData("wait_all")]
    [InlineData("percentage")]
    public void Decide_WithMoreInvitedThanWanted_ClosesWithTheFirstSoMany(string policy)
    {
        var plan = Given.Plan() with
        {
            Assigner = new(
                "fraction", 1, [Given.Group(0, "validate", "train")],
                new Dictionary<string, double> { ["fraction"] = 0.5, ["over_selection"] = 2 }),
            Stragglers = Given.Choice(policy),
        };
        var round = Of(plan, 4);
        Assert.Equal((4, 2), (round.AssignedCount, round.Needed));
        Report(round, "c003");
        Assert.False(round.Decide(startedAt: null, Given.Start).Close);
        Report(round, "c001");
        Assert.True(round.Decide(startedAt: null, Given.Start).Close);
    }

    [Fact]
    public void Shortage_WhileEnoughMayStillReport_IsNone()
    {
        var round = With("percentage", ("percent_collaborators_needed", 0.6));
        round.NoteLost([Given.Name("c002")]);
        Assert.Null(round.Shortage(attempt: 0));
    }

    [Fact]
    public void Shortage_WithTooManyGone_NamesThem()
    {
        var round = OfThree();
        Report(round, "c000");
        round.NoteLost([Given.Name("c002"), Given.Name("c001")]);
        Assert.Equal(
            "Round 0 needs 3 collaborators and 1 have reported; gone: c001, c002. It goes on when enough are there.",
            round.Shortage(attempt: 0));
    }

    [Fact]
    public void Shortage_WithManyGone_NamesAFew()
    {
        var round = Of(Given.Plan(), 100);
        round.NoteLost(Given.Names(100));
        Assert.Contains("gone: c000, c001, c002, c003, c004 and 95 more.", round.Shortage(attempt: 0), StringComparison.Ordinal);
    }

    [Fact]
    public void Shortage_WithTooFewAssigned_SaysSo() => Assert.Equal(
        "Round 0 needs 1 collaborators and 0 have reported; only 0 have tasks. It goes on when enough are there.",
        Of(Given.Plan(), 0).Shortage(attempt: 0));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Shortage_AfterAllRetries_NamesThoseWhoStillWork(int attempt, bool isShort)
    {
        var round = With("cutoff_time", ("straggler_cutoff_time", 60), ("minimum_reporting", 2));
        Report(round, "c000");
        Assert.Equal(
            isShort
                ? "Round 0 needs 2 collaborators and 1 have reported in time, though it was tried again; still working: c001, c002. "
                    + "It goes on when enough have reported."
                : null,
            round.Shortage(attempt));
    }

    private static Round OfThree() => Of(Given.Plan(), 3);

    private static Round WithCutoff() => With("cutoff_time", ("straggler_cutoff_time", 60));

    private static Round With(string policy, params (string Key, double Value)[] settings) =>
        Of(Given.Plan() with { Stragglers = Given.Choice(policy, settings) }, 3);

    private static Round Of(ExperimentPlan plan, int members) => new(plan, Assigners.BuiltIn, Given.Names(members), number: 0, attempt: 0);

    private static void ReportAll(Round round, int members)
    {
        foreach (var name in Given.Names(members))
        {
            Report(round, name);
        }
    }

    private static void Report(Round round, string collaborator) => Report(round, Given.Name(collaborator));

    private static void Report(Round round, CollaboratorName collaborator)
    {
        foreach (var task in Both)
        {
            Assert.True(round.Enter(collaborator, task, Given.Start));
        }
    }
}
