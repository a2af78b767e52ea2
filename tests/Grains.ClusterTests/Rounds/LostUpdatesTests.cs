using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Rounds.Tests;

/// <summary>A round that opens again, since accepted updates are gone, while one of its tasks is still at work on them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class LostUpdatesTests(ClusterFixture fixture)
{
    private const int AWhile = 40;

    private static readonly byte[] Ann = TestModel.With(0.3f, 4);
    private static readonly byte[] Bob = TestModel.With(0.7f, 9);

    [Fact]
    public async Task ClosedAgainWithOthers_TakesTheOutcomeOfThose()
    {
        var federation = await ClosingAsync(new(
            "cutoff_time", new Dictionary<string, double> { ["straggler_cutoff_time"] = 0.1, ["minimum_reporting"] = 1 }));

        await federation.Grains.GetRound(new(federation.Experiment, 0)).UpdatesLostAsync([new("bob")], CancellationToken.None);
        await federation.GetWorkAsync("bob"); // Only now a deadline runs: nobody was late before.

        await federation.EndAsync();
        Assert.Equal(["ann"], (await federation.Grain.GetStateAsync()).LastResult!.Counted.Select(name => name.Value));
        Assert.Equal(Ann, await federation.ModelAsync());
    }

    [Fact]
    public async Task WhenTheAnswerOfItsWriteIsLost_TheRoundIsOpenAllTheSameAndAsksAgain()
    {
        var federation = await ClosingAsync(PolicyChoice.Named("wait_all"));
        var round = new RoundId(federation.Experiment, 0);
        fixture.Storage.Refuse("round", round.ToString(), lost: true);

        fixture.Store.Delete(TensorScope.Updates(round), TensorDigester.Of(Bob));

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await federation.GetWorkAsync("bob")).Kind != WorkKind.Work)
        {
            await Task.Delay(20, bound.Token);
        }

        await federation.RunTasksAsync("bob", 0, Bob);
        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
    }

    // Both have reported, and the aggregate cannot be written for a while.
    private async Task<TestFederation> ClosingAsync(PolicyChoice policy)
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(1, policy) };
        await federation.StartAsync();
        fixture.Store.RefuseAggregates(federation.Experiment, AWhile);
        await federation.RunTasksAsync("ann", 0, Ann);
        await federation.RunTasksAsync("bob", 0, Bob);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await federation.Grains.GetRound(new(federation.Experiment, 0)).GetStatusAsync()).Phase != RoundPhase.Closing)
        {
            await Task.Delay(10, bound.Token);
        }

        return federation;
    }
}
