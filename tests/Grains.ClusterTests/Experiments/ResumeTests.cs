using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tasks;

namespace Actors.Grains.Experiments.Tests;

/// <summary>Whatever a crash breaks off goes on from what was persisted, and ends in the same bytes.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ResumeTests(ClusterFixture fixture)
{
    private static readonly byte[] Ann = TestModel.With(0.3f, 4);
    private static readonly byte[] Bob = TestModel.With(0.7f, 9);
    private static readonly byte[] Average = TestModel.Average((Ann, 2), (Bob, 5));

    [Fact]
    public async Task Open_WithSomeReported_KeepsTheResultsAndDoesNotAskAgain()
    {
        var federation = await StartAsync(rounds: 1);
        await federation.RunTasksAsync("ann", 0, Ann, 2);
        await federation.ValidateAsync("bob", 0);

        await federation.DeactivateAllAsync(0);

        Assert.Equal(WorkKind.Wait, (await federation.GetWorkAsync("ann")).Kind);
        Assert.Equal(["train"], (await federation.GetWorkAsync("bob")).Tasks);
        Assert.Equal(new IntakeOutcome.Accepted(true), await federation.TrainAsync("ann", 0, Ann, 2));
        await federation.TrainAsync("bob", 0, Bob, 5);
        await federation.EndAsync();
        Assert.Equal(Average, await federation.ModelAsync());
    }

    [Fact]
    public async Task Open_EverybodyReported_ClosesWhenSomebodyAsks()
    {
        var federation = await StartAsync(rounds: 1);
        await federation.ValidateAsync("ann", 0);
        await federation.ValidateAsync("bob", 0);
        await AcceptSilentlyAsync(federation);

        await federation.GetWorkAsync("ann");

        await federation.EndAsync();
        Assert.Equal(Average, await federation.ModelAsync());
    }

    [Fact]
    public async Task Closing_WithNothingAggregated_AggregatesAgain()
    {
        var federation = await StartAsync(rounds: 2);
        await AcceptAllSilentlyAsync(federation);
        CraftClosing(federation);

        await federation.RunAsync();

        await federation.RoundOpensAsync(1);
        Assert.Equal(Average, await federation.ModelAsync());
    }

    [Fact]
    public async Task NextRoundDueButNotOpened_IsOpenedWithoutTheSiloBeingStartedAgain()
    {
        var federation = await StartAsync(rounds: 2);
        await AcceptAllSilentlyAsync(federation);
        var outcomes = federation.Plan.Tasks.Select(task => Aggregate(federation, new(new(federation.Experiment, 0), task.Name))).ToList();
        CraftClosing(federation);
        var key = federation.Experiment.ToString();
        var told = new RoundResult(0, outcomes, federation.Members, 2, default, default);
        fixture.Storage.Craft("experiment", key, Experiment.Complete(fixture.Storage.Stored<ExperimentState>("experiment", key), told)!);

        await federation.RoundOpensAsync(1);

        await UntilWorkAsync(federation, "ann");
        await federation.RunTasksAsync("ann", 1, Bob, 2);
        await federation.RunTasksAsync("bob", 1, Ann, 5);
        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Bob, 2), (Ann, 5)), await federation.ModelAsync());
    }

    [Fact]
    public async Task EveryGrainEndedBetweenAnyTwoReports_ChangesNothing()
    {
        var federation = await StartAsync(rounds: 3);
        for (var round = 0; round < 3; round++)
        {
            await federation.RoundOpensAsync(round);
            await UntilWorkAsync(federation, "ann");
            await federation.ValidateAsync("ann", round);
            await federation.DeactivateAllAsync(round);
            await federation.TrainAsync("ann", round, Ann, 2);
            await federation.DeactivateAllAsync(round);
            await federation.ValidateAsync("bob", round);
            await federation.DeactivateAllAsync(round);
            await federation.TrainAsync("bob", round, Bob, 5);
            await federation.DeactivateAllAsync(round);
        }

        await federation.EndAsync();
        Assert.Equal(Average, await federation.ModelAsync());
    }

    [Fact]
    public async Task WholeSiloCollected_InTheMiddleOfARound_GoesOn()
    {
        var federation = await StartAsync(rounds: 1);
        await federation.RunTasksAsync("ann", 0, Ann, 2);

        await federation.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).WaitAsync(TimeSpan.FromSeconds(20));

        await federation.RunTasksAsync("bob", 0, Bob, 5);
        await federation.EndAsync();
        Assert.Equal(Average, await federation.ModelAsync());
    }

    private static async Task UntilWorkAsync(TestFederation federation, string name)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await federation.GetWorkAsync(name)).Kind != WorkKind.Work)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private async Task<TestFederation> StartAsync(int rounds)
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(rounds) };
        await federation.StartAsync();
        return federation;
    }

    // The collaborators' grains have everything; a crash came before they told anybody.
    private async Task AcceptSilentlyAsync(TestFederation federation)
    {
        var round = new RoundId(federation.Experiment, 0);
        await federation.DeactivateAllAsync(0);
        foreach (var (name, update, samples) in new[] { ("ann", Ann, 2), ("bob", Bob, 5) })
        {
            var key = new CollaboratorId(federation.Experiment.Federation, new(name)).ToString();
            var state = fixture.Storage.Stored<CollaboratorState>("collaborator", key);
            fixture.Storage.Craft("collaborator", key, state.With(round, new(new("train", samples, [], [federation.Push(name, 0, update)]), default)));
        }
    }

    private async Task AcceptAllSilentlyAsync(TestFederation federation)
    {
        await federation.ValidateAsync("ann", 0);
        await federation.ValidateAsync("bob", 0);
        await AcceptSilentlyAsync(federation);
    }

    private void CraftClosing(TestFederation federation)
    {
        var key = new RoundId(federation.Experiment, 0).ToString();
        var open = fixture.Storage.Stored<RoundState>("round", key);
        fixture.Storage.Craft("round", key, open with { Phase = RoundPhase.Closing, Counted = federation.Members });
    }

    private TaskOutcome Aggregate(TestFederation federation, TaskId id)
    {
        var results = federation.Members.Select(name => (name, fixture.Storage
            .Stored<CollaboratorState>("collaborator", new CollaboratorId(federation.Experiment.Federation, name).ToString())
            .Of(id.Round)
            .Select(result => result.Report)
            .Single(report => report.Task == id.Task)));
        return new TaskAggregation(new(fixture.Store, AggregationRules.BuiltIn)).Run(id, PolicyChoice.Named("weighted_average"), [], [.. results]);
    }
}
