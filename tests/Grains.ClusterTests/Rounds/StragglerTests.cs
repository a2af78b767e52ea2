using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Rounds.Tests;

[Collection(ClusterCollection.Name)]
public sealed class StragglerTests(ClusterFixture fixture)
{
    private static readonly byte[] Ann = TestModel.With(0.3f, 4);
    private static readonly byte[] Bob = TestModel.With(0.7f, 9);

    [Fact]
    public async Task Cutoff_WithTheMinimumComplete_ClosesAtTheDeadline()
    {
        var federation = await StartAsync(Cutoff(seconds: 0.5, minimum: 1), "ann", "bob");
        await federation.GetWorkAsync("ann");
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.ValidateAsync("bob", 0);

        await federation.EndAsync();

        Assert.Equal(Ann, await federation.ModelAsync());
        Assert.Equal(["ann"], (await federation.Grain.GetStateAsync()).LastResult!.Counted.Select(name => name.Value));
    }

    [Fact]
    public async Task Cutoff_WithFewerThanTheMinimum_WaitsForThem()
    {
        var federation = await StartAsync(Cutoff(seconds: 0.1, minimum: 2), "ann", "bob", "eve");
        await federation.GetWorkAsync("ann");
        await federation.RunTasksAsync("ann", 0, Ann);
        await Task.Delay(TimeSpan.FromSeconds(0.4));
        Assert.Equal(RoundPhase.Open, (await StatusAsync(federation)).Phase);

        await federation.RunTasksAsync("bob", 0, Bob);

        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
    }

    [Fact]
    public async Task Cutoff_WithFewerThanTheMinimum_IsTriedAgainAndThenPauses()
    {
        var federation = await StartAsync(Cutoff(seconds: 0.1, minimum: 2), "ann", "bob");
        await federation.GetWorkAsync("ann");
        await federation.RunTasksAsync("ann", 0, Ann);

        var stuck = await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);
        Assert.StartsWith("Round 0 needs 2 collaborators and 1 have reported", stuck.Reason, StringComparison.Ordinal);
        Assert.True((await StatusAsync(federation)).Attempt > 0);

        await federation.GetWorkAsync("bob");
        await federation.RunTasksAsync("bob", 0, Bob);
        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
    }

    [Fact]
    public async Task Cutoff_WhenTheOthersAreGone_ClosesLongBeforeTheDeadline()
    {
        var federation = await StartAsync(Cutoff(seconds: 3600, minimum: 1), "ann", "bob");
        await federation.GetWorkAsync("ann");
        await federation.RunTasksAsync("ann", 0, Ann);

        await federation.EndAsync();

        Assert.Equal(["ann"], (await federation.Grain.GetStateAsync()).LastResult!.Counted.Select(name => name.Value));
    }

    [Fact]
    public async Task OverSelection_ClosesWithTheFirst_AndTheNextRoundHasThemAllAgain()
    {
        var federation = new TestFederation(fixture, "ann", "bob", "eve");
        var numbers = new Dictionary<string, double> { ["fraction"] = 0.34, ["over_selection"] = 3 };
        federation.Plan = federation.Plan with
        {
            Rounds = 2,
            Assigner = new("fraction", 5, [new("all", [TestFederation.Validate, TestFederation.Train], 0, [])], numbers),
        };
        await federation.StartAsync();

        await federation.RunTasksAsync("eve", 0, Ann);
        await federation.RoundOpensAsync(1);
        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.ValidateAsync("bob", 0));
        await federation.RunTasksAsync("bob", 1, Bob);

        await federation.EndAsync();
        Assert.Equal(Bob, await federation.ModelAsync());
    }

    [Fact]
    public async Task OverSelection_WhoWasInvitedByAFurtherAttempt_StaysSoWhenTheStuckRoundGoesOn()
    {
        var federation = new TestFederation(fixture, "ann", "bob", "eve");
        var assigner = new AssignerChoice(
            "fraction", 5, [new("all", [TestFederation.Validate, TestFederation.Train], 0, [])], new Dictionary<string, double> { ["fraction"] = 0.34 });
        federation.Plan = federation.Plan with { Assigner = assigner, Stragglers = Cutoff(seconds: 0.05, minimum: 1) };
        var first = Assigners.BuiltIn.Find("fraction").Assign(assigner, round: 0, attempt: 0, federation.Members).Tasks.Keys.Single();
        var later = federation.Members.First(name => name != first).Value;
        await federation.StartAsync();
        await federation.GetWorkAsync(first.Value);
        await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);
        Assert.Equal(WorkKind.Work, (await federation.GetWorkAsync(later)).Kind);

        await federation.DeactivateAsync(federation.Grains.GetRound(new(federation.Experiment, 0)));

        await federation.RunTasksAsync(later, 0, Bob);
        await federation.EndAsync();
        Assert.Equal(Bob, await federation.ModelAsync());
    }

    [Fact]
    public async Task PausedForWantOfCollaborators_RunsOnWhenTheyAreBack_AlsoOverARestart()
    {
        var federation = await StartAsync(PolicyChoice.Named("wait_all"), "ann");
        await federation.GetWorkAsync("ann");
        await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);

        await federation.DeactivateAsync(federation.Grains.GetRound(new(federation.Experiment, 0)));

        await federation.UntilAsync(current =>
        {
            federation.GetWorkAsync("ann").Ignore();
            return current.Lifecycle == Lifecycle.Running;
        });
    }

    [Fact]
    public async Task ResultOfARoundThatClosedWithoutIt_IsToldSoHoweverOftenItIsRepeated()
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(2, Cutoff(seconds: 0.3, minimum: 1)) };
        await federation.StartAsync();
        await federation.GetWorkAsync("ann");
        await federation.ValidateAsync("bob", 0);
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.RoundOpensAsync(1);

        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.ValidateAsync("bob", 0));
        Assert.Equal(new IntakeOutcome.Accepted(true), await federation.ValidateAsync("ann", 0));
    }

    [Fact]
    public async Task ResultThatCounted_IsToldSo_AlsoByARoundThatIsOverAndForgotten()
    {
        var federation = new TestFederation(fixture, "ann") { Plan = TestFederation.PlanOf(2) };
        await federation.StartAsync();
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.RoundOpensAsync(1);
        await federation.DeactivateAllAsync(0);

        var round = new RoundId(federation.Experiment, 0);
        var accepted = Assert.Single(await federation.Collaborator("ann").GetAcceptedAsync(round), result => result.Report.Task == TestFederation.Train);

        Assert.Equal(
            ReportOutcome.AlreadyAccepted, await federation.Collaborator("ann").ReportAsync(round, accepted.Report, CancellationToken.None));
    }

    [Fact]
    public async Task NobodyMember_IsWaitedForWithTheReason_AndWhoJoinsLaterGetsTheTasks()
    {
        var federation = await StartAsync(PolicyChoice.Named("wait_all"));
        var stuck = await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);
        Assert.Contains("only 0 have tasks", stuck.Reason, StringComparison.Ordinal);

        await federation.Grains.GetFederation(federation.Experiment.Federation).SetMembersAsync([new("ann")], CancellationToken.None);

        await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Running);
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.EndAsync();
    }

    [Fact]
    public async Task Cutoff_OverARestart_KeepsItsDeadline()
    {
        var federation = await StartAsync(Cutoff(seconds: 0.5, minimum: 1), "ann", "bob");
        await federation.GetWorkAsync("ann");
        await federation.RunTasksAsync("ann", 0, Ann);

        await federation.DeactivateAllAsync(0);
        await federation.RunAsync();

        await federation.EndAsync();
        Assert.Equal(Ann, await federation.ModelAsync());
    }

    [Fact]
    public async Task Cutoff_LaterThanATimerCanWait_StillClosesWhenAllReported()
    {
        var federation = await StartAsync(Cutoff(seconds: 9e11, minimum: 1), "ann");
        await federation.GetWorkAsync("ann");

        await federation.RunTasksAsync("ann", 0, Ann);

        await federation.EndAsync();
    }

    [Fact]
    public async Task Percentage_ClosesWithThoseItNeeds_AndTheLateOneIsTold()
    {
        var policy = new PolicyChoice(
            "percentage", new Dictionary<string, double> { ["percent_collaborators_needed"] = 0.5, ["minimum_reporting"] = 2 });
        var federation = await StartAsync(policy, "ann", "bob", "eve");
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.RunTasksAsync("bob", 0, Bob);

        await federation.EndAsync();

        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.ValidateAsync("eve", 0));
    }

    private static PolicyChoice Cutoff(double seconds, double minimum) => new(
        "cutoff_time", new Dictionary<string, double> { ["straggler_cutoff_time"] = seconds, ["minimum_reporting"] = minimum });

    private static Task<RoundStatus> StatusAsync(TestFederation federation) =>
        federation.Grains.GetRound(new(federation.Experiment, 0)).GetStatusAsync();

    private async Task<TestFederation> StartAsync(PolicyChoice policy, params string[] members)
    {
        var federation = new TestFederation(fixture, members) { Plan = TestFederation.PlanOf(1, policy) };
        await federation.StartAsync();
        return federation;
    }
}
