using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

[Collection(ClusterCollection.Name)]
public sealed class FaultTests(ClusterFixture fixture)
{
    private static readonly byte[] Update = TestModel.With(0.3f, 4);

    [Fact]
    public async Task DiskFullForTheAggregate_IsTriedAgainUntilThereIsSpace()
    {
        var federation = await StartAsync(2);
        fixture.Store.RefuseAggregates(federation.Experiment, 3);

        await RunAllRoundsAsync(federation, 2);

        Assert.Equal(Update, await federation.ModelAsync());
    }

    [Fact]
    public async Task RecordRefused_IsTriedAgainAndNoRoundIsMissingInIt()
    {
        var federation = await StartAsync(4);
        await federation.RoundOpensAsync(0);
        fixture.Record.Refuse(federation.Experiment, 2);

        await RunAllRoundsAsync(federation, 4);

        var recorded = fixture.Record.Of(federation.Experiment).Select(state => state.LastResult?.Number).OfType<int>().Distinct();
        Assert.Equal([0, 1, 2, 3], recorded);
    }

    [Theory]
    [InlineData("experiment", false)]
    [InlineData("experiment", true)]
    [InlineData("tensor-catalogue", false)]
    [InlineData("tensor-catalogue", true)]
    public async Task WriteOfTheExperimentRefused_IsTriedAgain(string state, bool lost)
    {
        var federation = await StartAsync(2);
        fixture.Storage.Refuse(state, federation.Experiment.ToString(), lost: lost);

        await RunAllRoundsAsync(federation, 2);

        Assert.Equal(Update, await federation.ModelAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteOfTheRoundRefused_IsTriedAgain(bool lost)
    {
        var federation = await StartAsync(2);
        fixture.Storage.Refuse("round", new RoundId(federation.Experiment, 0).ToString(), writes: 2, lost);
        fixture.Storage.Refuse("round", new RoundId(federation.Experiment, 1).ToString(), lost: lost);

        await RunAllRoundsAsync(federation, 2);

        Assert.Equal(Update, await federation.ModelAsync());
    }

    [Fact]
    public async Task StartRefused_IsToldToWhoStarts_AndStartingAgainWorks()
    {
        var federation = new TestFederation(fixture, "ann");
        await federation.Grains.GetFederation(federation.Experiment.Federation).SetMembersAsync(federation.Members, CancellationToken.None);
        await federation.RunAsync();
        await federation.DeactivateAllAsync(0);
        fixture.Storage.Craft("experiment", federation.Experiment.ToString(), CreatedOnly(federation));
        fixture.Storage.Refuse("experiment", federation.Experiment.ToString());

        await Assert.ThrowsAsync<OrleansException>(federation.RunAsync);
        await federation.RunAsync();

        await federation.RoundOpensAsync(0);
    }

    [Fact]
    public async Task TaskEndedInTheMiddleOfItsAggregation_IsAskedAgain()
    {
        var federation = await StartAsync(1);
        fixture.Store.RefuseAggregates(federation.Experiment, 4);
        await federation.RunTasksAsync("ann", 0, Update);

        await federation.DeactivateAllAsync(0);

        await federation.EndAsync();
        Assert.Equal(Update, await federation.ModelAsync());
    }

    [Fact]
    public async Task AcceptedUpdateGoneFromTheStore_IsAskedForAgain()
    {
        var federation = new TestFederation(fixture, "ann", "bob");
        await federation.StartAsync();
        await federation.RunTasksAsync("ann", 0, Update);
        fixture.Store.Delete(TensorScope.Updates(new(federation.Experiment, 0)), TensorDigester.Of(Update));
        var other = TestModel.With(0.7f, 9);
        await federation.RunTasksAsync("bob", 0, other);

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await federation.GetWorkAsync("ann")).Kind != WorkKind.Work)
        {
            await Task.Delay(20, bound.Token);
        }

        Assert.Equal(WorkKind.Wait, (await federation.GetWorkAsync("bob")).Kind);
        await federation.RunTasksAsync("ann", 0, Update);
        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Update, 1), (other, 1)), await federation.ModelAsync());
    }

    [Fact]
    public async Task Create_WithAnotherPlan_IsRefusedWithBothHashes()
    {
        var federation = await StartAsync(1);
        var other = (await federation.Grain.GetDefinitionAsync())! with { PlanHash = "other" };

        var problem = await Assert.ThrowsAsync<FederationException>(() => federation.Grain.CreateAsync(other, CancellationToken.None));

        Assert.Equal(
            $"The experiment {federation.Experiment} exists with plan plan and code code; it cannot go on with plan other and code code. "
            + "Create another experiment.",
            problem.Message);
    }

    [Fact]
    public async Task Stop_EndsTheExperimentAndKeepsTheNewestModel()
    {
        var federation = await StartAsync(3);
        await federation.RunTasksAsync("ann", 0, Update);
        await federation.RoundOpensAsync(1);

        await federation.Grain.StopAsync("enough", CancellationToken.None);

        var end = await federation.EndAsync();
        Assert.Equal((Lifecycle.Stopped, "enough"), (end.Lifecycle, end.Reason));
        Assert.Equal(Update, await federation.ModelAsync());
        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.ValidateAsync("ann", 1));
    }

    private static async Task RunAllRoundsAsync(TestFederation federation, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await federation.RoundOpensAsync(round);
            await federation.RunTasksAsync("ann", round, Update);
        }

        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    private ExperimentState CreatedOnly(TestFederation federation) =>
        fixture.Storage.Stored<ExperimentState>("experiment", federation.Experiment.ToString()) with { Lifecycle = Lifecycle.Created };

    private async Task<TestFederation> StartAsync(int rounds)
    {
        var federation = new TestFederation(fixture, "ann") { Plan = TestFederation.PlanOf(rounds) };
        await federation.StartAsync();
        return federation;
    }
}
