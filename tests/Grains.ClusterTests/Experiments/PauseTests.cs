using Actors.Grains.Collaborators;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Experiments.Tests;

[Collection(ClusterCollection.Name)]
public sealed class PauseTests(ClusterFixture fixture)
{
    private static readonly byte[] Update = TestModel.With(0.3f, 4);

    [Fact]
    public async Task Operator_Pauses_NoWorkIsHandedOutAndResultsAreTaken()
    {
        var federation = await StartAsync(rounds: 2);
        await federation.Grain.PauseAsync("maintenance", CancellationToken.None);
        await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);

        var answer = await federation.GetWorkAsync("ann");
        Assert.Equal((WorkKind.Wait, "maintenance"), (answer.Kind, answer.Reason));
        await federation.RunTasksAsync("ann", 0, Update);

        // The round closes; the next one waits for the operator.
        var current = await federation.UntilAsync(current => current.Round == 1);
        Assert.Equal((Lifecycle.Paused, false), (current.Lifecycle, current.HandsOutWork));
        Assert.Equal(WorkKind.Wait, (await federation.GetWorkAsync("ann")).Kind);

        Assert.Equal(Lifecycle.Running, (await federation.Grain.ResumeAsync(CancellationToken.None)).Lifecycle);
        await federation.RoundOpensAsync(1);
        await federation.RunTasksAsync("ann", 1, Update);
        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    [Fact]
    public async Task OperatorsPause_OverARestart_Stays()
    {
        var federation = await StartAsync(rounds: 1);
        await federation.Grain.PauseAsync("maintenance", CancellationToken.None);
        await federation.DeactivateAllAsync(0);
        await federation.RunAsync();

        Assert.Equal(WorkKind.Wait, (await federation.GetWorkAsync("ann")).Kind);
        Assert.Equal("maintenance", (await federation.Grain.GetCurrentAsync()).Reason);
    }

    [Fact]
    public async Task CollaboratorGone_PausesWithTheReason_AndItsReturnResumes()
    {
        var federation = await StartAsync(rounds: 1, "ann", "bob");
        await federation.RunTasksAsync("ann", 0, Update);

        var stuck = await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);
        Assert.Equal("Round 0 needs 2 collaborators and 1 have reported; gone: bob. It goes on when enough are there.", stuck.Reason);
        Assert.Equal(Lifecycle.Paused, (await federation.Grain.GetStateAsync()).Lifecycle);

        Assert.Equal(WorkKind.Work, (await federation.GetWorkAsync("bob")).Kind);
        await federation.UntilAsync(current => current.Lifecycle == Lifecycle.Running);
        await federation.RunTasksAsync("bob", 0, Update);
        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    [Fact]
    public async Task Stop_EndsARunningRound_AndNothingOfItStays()
    {
        var federation = await StartAsync(rounds: 2);
        await federation.RunTasksAsync("ann", 0, Update);
        await federation.RoundOpensAsync(1);

        await federation.Grain.StopAsync("enough", CancellationToken.None);

        await federation.EndAsync();
        Assert.Equal(WorkKind.Stopped, (await federation.GetWorkAsync("ann")).Kind);
        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.ValidateAsync("ann", 1));
        await UntilGoneAsync(federation, 0);
        await UntilGoneAsync(federation, 1);
    }

    [Fact]
    public async Task Fail_EndsTheExperimentWithItsReason()
    {
        var federation = await StartAsync(rounds: 2);
        await federation.Grain.FailAsync("no such rule", CancellationToken.None);
        var end = await federation.EndAsync();
        Assert.Equal((Lifecycle.Failed, "no such rule"), (end.Lifecycle, end.Reason));
        Assert.Equal(WorkKind.Stopped, (await federation.GetWorkAsync("ann")).Kind);
    }

    private async Task UntilGoneAsync(TestFederation federation, int round)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (fixture.Storage.Has("round", new Contracts.Identity.RoundId(federation.Experiment, round).ToString()))
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private async Task<TestFederation> StartAsync(int rounds, params string[] members)
    {
        var federation = new TestFederation(fixture, members is [] ? ["ann"] : members) { Plan = TestFederation.PlanOf(rounds) };
        await federation.StartAsync();
        return federation;
    }
}
