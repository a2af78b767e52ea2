using Actors.Grains.Rounds;

namespace Actors.Grains.Asynchronous.Tests;

public class TurnsTests
{
    private const int MaximumStaleness = 2;
    private static readonly IReadOnlyList<string> Both = ["validate", "train"];

    [Fact]
    public void Begin_TheFirstTime_IsTurn0FromTheNewestVersion()
    {
        var state = Begin(new(), version: 7);
        Assert.Equal((0, 7), (state.Turn, state.Version));
        Assert.Equal(Both, state.OpenTasks);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void Begin_WhileATurnIsUnderWay_StaysWithItAndItsStart(int version)
    {
        var state = Turns.Accept(Begin(new(), version: 7), Given.Report("validate"));
        Assert.Same(state, Begin(state, version));
        Assert.Equal(["train"], state.OpenTasks);
    }

    [Fact]
    public void Begin_WhenTheTurnsStartIsTooOld_BeginsAnother()
    {
        var next = Begin(Begin(new(), version: 7), version: 10);
        Assert.Equal((1, 10), (next.Turn, next.Version));
        Assert.Empty(next.Pending);
    }

    [Fact]
    public void Accept_OfTheLastTask_MakesAContributionOfItsStart_AndTheNextTurnNeedNotWait()
    {
        var done = Done(Begin(new(), version: 7));
        var contribution = Assert.Single(done.Pending);
        Assert.Equal((0, 7, Given.Model(7)), (contribution.Turn, contribution.Version, contribution.StartedFrom));
        Assert.Equal(Both, contribution.Reports.Select(report => report.Task));

        var next = Begin(done, version: 7);
        Assert.Equal((1, 7), (next.Turn, next.Version));
        Assert.Equal(done.Pending, next.Pending);
    }

    [Theory]
    [InlineData(0, "validate", 7, TaskStanding.Open)]
    [InlineData(0, "validate", 9, TaskStanding.Open)]
    [InlineData(0, "validate", 10, TaskStanding.Closed)]
    [InlineData(0, "lunch", 7, TaskStanding.NotAssigned)]
    [InlineData(1, "validate", 7, TaskStanding.Closed)]
    public void Standing_FollowsTurnTaskAndAge(int turn, string task, int version, TaskStanding standing) =>
        Assert.Equal(standing, Turns.Standing(Begin(new(), version: 7), turn, task, version, MaximumStaleness));

    [Fact]
    public void Standing_OfWhatIsAccepted_IsOpen_SoThatLostBytesMayComeAgain() =>
        Assert.Equal(TaskStanding.Open, Turns.Standing(Turns.Accept(Begin(new(), 0), Given.Report("train")), 0, "train", 0, MaximumStaleness));

    [Fact]
    public void Standing_OfATurnThatIsDone_IsClosed() =>
        Assert.Equal(TaskStanding.Closed, Turns.Standing(Done(Begin(new(), 0)), 0, "train", 0, MaximumStaleness));

    [Fact]
    public void Holds_WhatIsAccepted_AlsoOfAnEarlierTurnThatIsNotFoldedIn()
    {
        var state = Begin(Done(Begin(new(), 0)), 0);
        Assert.True(Turns.Holds(state, 0, "train"));
        Assert.False(Turns.Holds(state, 1, "train"));
        Assert.True(Turns.Holds(Turns.Accept(state, Given.Report("train")), 1, "train"));
        Assert.False(Turns.Holds(Turns.Fold(state, [0]), 0, "train"));
    }

    [Fact]
    public void Fold_LetsTheContributionsGo_AndAgainChangesNothing()
    {
        var state = Done(Begin(Done(Begin(new(), 0)), 0));
        var folded = Turns.Fold(state, [0]);
        Assert.Equal([1], folded.Pending.Select(pending => pending.Turn));
        Assert.Same(folded, Turns.Fold(folded, [0, 5]));
    }

    [Fact]
    public void Drop_OfTheNewestTurn_ForgetsItsResults()
    {
        var dropped = Turns.Drop(Done(Begin(new(), 0)), [0]);
        Assert.Empty(dropped.Pending);
        Assert.False(Turns.Holds(dropped, 0, "train"));
        Assert.Equal(TaskStanding.Closed, Turns.Standing(dropped, 0, "train", 0, MaximumStaleness));
        Assert.Equal(1, Begin(dropped, 0).Turn);
        Assert.Same(dropped, Turns.Drop(dropped, [0]));
    }

    [Fact]
    public void Drop_OfAnEarlierTurn_LeavesTheNewestAsItIs()
    {
        var state = Turns.Accept(Begin(Done(Begin(new(), 0)), 0), Given.Report("validate"));
        var dropped = Turns.Drop(state, [0]);
        Assert.Empty(dropped.Pending);
        Assert.Equal(["train"], dropped.OpenTasks);
    }

    [Fact]
    public void Begin_LetsGoOfContributionsThatNoVersionMayFoldInAnyMore()
    {
        var state = Done(Begin(new(), version: 7));
        Assert.Single(Begin(state, version: 9).Pending);
        Assert.Empty(Begin(state, version: 10).Pending);
    }

    [Fact]
    public void Spent_AreTheTurnsBeforeTheNewestThatAreNotPending()
    {
        var state = Begin(Done(Begin(Done(Begin(new(), 0)), 0)), 0);
        Assert.Empty(Turns.Spent(state));
        Assert.Equal([0], Turns.Spent(Turns.Fold(state, [0])));
        Assert.Equal([0, 1], Turns.Spent(Turns.Fold(state, [0, 1])));
    }

    private static ContributorState Begin(ContributorState state, int version) =>
        Turns.Begin(state, version, [Given.Model((ulong)version)], Both, MaximumStaleness);

    private static ContributorState Done(ContributorState state) => Both.Aggregate(state, (before, task) => Turns.Accept(before, Given.Report(task)));
}
