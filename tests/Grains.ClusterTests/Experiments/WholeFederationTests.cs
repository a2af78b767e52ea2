using Actors.Grains.Collaborators;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Experiments.Tests;

[Collection(ClusterCollection.Name)]
public sealed class WholeFederationTests(ClusterFixture fixture)
{
    [Theory]
    [InlineData("ann", "bob", "eve")]
    [InlineData("eve", "ann", "bob")]
    [InlineData("bob", "eve", "ann")]
    public async Task FourRounds_InAnyOrderOfReports_EndInTheAverageComputedByHand(params string[] order)
    {
        var federation = new TestFederation(fixture, "ann", "bob", "eve") { Plan = TestFederation.PlanOf(4) };
        await federation.StartAsync();

        for (var round = 0; round < 4; round++)
        {
            await federation.RoundOpensAsync(round);
            foreach (var name in order)
            {
                await federation.RunTasksAsync(name, round, UpdateOf(name, round), SamplesOf(name));
            }
        }

        var end = await federation.EndAsync();
        Assert.Equal((Lifecycle.Finished, 4), (end.Lifecycle, end.Round));
        var expected = TestModel.Average([.. new[] { "ann", "bob", "eve" }.Select(name => (UpdateOf(name, 3), SamplesOf(name)))]);
        Assert.Equal(expected, await federation.ModelAsync());
    }

    [Fact]
    public async Task EveryRound_IsRecordedWithItsAveragedMetrics()
    {
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(3) };
        await federation.StartAsync();

        for (var round = 0; round < 3; round++)
        {
            await federation.RoundOpensAsync(round);
            await federation.RunTasksAsync("ann", round, UpdateOf("ann", round), 30, accuracy: 0.5);
            await federation.RunTasksAsync("bob", round, UpdateOf("bob", round), 10, accuracy: 0.9);
        }

        await federation.EndAsync();
        var results = fixture.Record.Of(federation.Experiment).Select(state => state.LastResult).OfType<Rounds.RoundResult>().ToList();
        Assert.Equal([0, 1, 2], results.Select(result => result.Number).Distinct());
        Assert.All(results, result => Assert.Equal(0.6, result.Outcomes[0].Metrics.Single().Value, 12));
        Assert.All(results, result => Assert.Equal(["ann", "bob"], result.Counted.Select(name => name.Value)));
    }

    [Fact]
    public async Task Observer_IsToldOfEachRoundAndTheEnd()
    {
        var federation = new TestFederation(fixture, "ann") { Plan = TestFederation.PlanOf(3) };
        await federation.StartAsync();

        for (var round = 0; round < 3; round++)
        {
            await federation.RoundOpensAsync(round);
            await federation.RunTasksAsync("ann", round, UpdateOf("ann", round));
        }

        await federation.EndAsync();
        Assert.Equal(
            [(Lifecycle.Running, 0), (Lifecycle.Running, 1), (Lifecycle.Running, 2), (Lifecycle.Finished, 3)],
            federation.Watch.Seen.Select(current => (current.Lifecycle, current.Round)).Distinct());
    }

    [Fact]
    public async Task GetWork_NamesTheTasksNotYetReported_ThenWaits_ThenTellsTheEnd()
    {
        var federation = new TestFederation(fixture, "ann", "bob");
        await federation.StartAsync();
        Assert.Equal(["validate", "train"], (await federation.GetWorkAsync("ann")).Tasks);

        await federation.ValidateAsync("ann", 0);
        Assert.Equal(["train"], (await federation.GetWorkAsync("ann")).Tasks);

        await federation.TrainAsync("ann", 0, UpdateOf("ann", 0));
        Assert.Equal(WorkKind.Wait, (await federation.GetWorkAsync("ann")).Kind);

        await federation.RunTasksAsync("bob", 0, UpdateOf("bob", 0));
        await federation.EndAsync();
        Assert.Equal(WorkKind.Finished, (await federation.GetWorkAsync("ann")).Kind);
    }

    [Fact]
    public async Task Best_IsTheModelThatScoredHighest_AndItsBytesAreKept()
    {
        var federation = new TestFederation(fixture, "ann") { Plan = TestFederation.PlanOf(4) };
        await federation.StartAsync();
        double[] accuracies = [0.1, 0.9, 0.3, 0.4];

        for (var round = 0; round < 4; round++)
        {
            await federation.RoundOpensAsync(round);
            await federation.RunTasksAsync("ann", round, UpdateOf("ann", round), accuracy: accuracies[round]);
        }

        await federation.EndAsync();
        var best = fixture.Record.Of(federation.Experiment)[^1].Best!;
        Assert.Equal((1, 0.9), (best.Round, best.Score));
        Assert.Equal(Contracts.Tensors.TensorDigester.Of(UpdateOf("ann", 0)), best.Model.Digest);
    }

    private static byte[] UpdateOf(string name, int round) => TestModel.With(0.1f * name[0] * (round + 1), (name[1] * 3) + round);

    private static long SamplesOf(string name) => name[0] - 'a' + 3;
}
