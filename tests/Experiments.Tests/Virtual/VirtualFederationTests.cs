using Actors.Contracts.Identity;
using Actors.Grains.Assignment;

namespace Actors.Experiments.Virtual.Tests;

public class VirtualFederationTests
{
    private static readonly VirtualShards Uneven = VirtualShards.Split(new long[40], "log_normal", new(10, Seed: 3));
    private static readonly VirtualShards Equal = VirtualShards.Split(new long[40], "equal", new(10));

    [Fact]
    public void WeightedAverage_IsByTheSamplesOfThoseWhoTrain()
    {
        var result = VirtualFederation.Run(new CountingModel(), Uneven, 0, new() { Fraction = 1, Rounds = 1, Aggregation = "weighted_average" });
        long[] sizes = [.. Enumerable.Range(0, 10).Select(collaborator => Uneven.Of(collaborator).LongLength)];
        Assert.True(sizes.Distinct().Count() > 1);
        Assert.Equal(1, result.Model.Span[0]);
        Assert.Equal(sizes.Sum(size => size * size) / (float)sizes.Sum(), result.Model.Span[1], 1e-5f);
        Assert.Equal(sizes.Sum(size => size * size) / (double)sizes.Sum(), result.Rounds[0].Loss, 1e-9);
        Assert.Equal(10, result.Trainings);
    }

    [Fact]
    public void ServerOptimizer_CarriesItsStateFromRoundToRound()
    {
        // v = 0.9 v + 1: 1, then 1.9.
        var result = VirtualFederation.Run(
            new CountingModel(), Equal, 0, new() { Fraction = 1, Rounds = 2, Aggregation = "fed_avg_m" });
        Assert.Equal(2.9f, result.Model.Span[0], 1e-5f);
    }

    [Fact]
    public void WhoTrains_IsDrawnAsAnAggregatorDrawsIt()
    {
        var shards = VirtualShards.Split(new long[50], "equal", new(50)); // Sample i is collaborator i's.
        var model = new CountingModel();
        VirtualFederation.Run(model, shards, 0, new() { Fraction = 0.1, Rounds = 1, Seed = 5 });

        var drawn = Assigners.BuiltIn.Find("fraction").Assign(
            new("fraction", 5, [new("all", ["train"], 1, [])], new Dictionary<string, double> { ["fraction"] = 0.1 }), 0, 0,
            [.. Enumerable.Range(0, 50).Select(index => new CollaboratorName($"v{index:00}"))]);
        Assert.Equal(drawn.Tasks.Keys.Select(name => int.Parse(name.Value.AsSpan(1), provider: null)).Order(), model.FirstSamples.Order());
    }

    [Fact]
    public void TheLastRound_IsAlwaysScored_AndEachThatIsDue()
    {
        var result = VirtualFederation.Run(new CountingModel(), Equal, 1500, new() { Fraction = 1, Rounds = 5, EvaluateEvery = 2 });
        Assert.Equal([1, 3, 4], result.Rounds.Where(round => round.Accuracy is not null).Select(round => round.Round));
        Assert.Equal(0.5, result.Rounds[4].Accuracy);
        Assert.Equal(5, result.Rounds[4].ValidationLoss!.Value, 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void TheSameSeed_IsTheSameBytes_WhateverTheNumberOfWorkers(int workers)
    {
        var (training, validation) = (ImageSamples.Synthetic(600, 1), ImageSamples.Synthetic(200, 2));
        var shards = VirtualShards.Split(training.Classes(), "dirichlet", new(30, Seed: 1));
        string Digest(int count, long seed) => VirtualFederation.Run(
            new LogisticRegression(training, validation), shards, validation.Count,
            new() { Fraction = 0.3, Rounds = 4, Seed = seed, Workers = count }).Digest;
        Assert.Equal(Digest(2, 7), Digest(workers, 7));
        Assert.NotEqual(Digest(2, 7), Digest(workers, 8));
    }

    [Fact]
    public void AnUpdateThatIsNotFinite_IsRefusedWithItsCollaborator()
    {
        var problem = Assert.Throws<ExperimentException>(() =>
            VirtualFederation.Run(new CountingModel(float.NaN), Uneven, 0, new() { Fraction = 1, Rounds = 1, Workers = 1 }));
        Assert.Equal("v0 came to a number that is not finite in round 0. Lower the learning rate.", problem.Message);
    }

    [Theory]
    [InlineData(0.0, "bounded_average", "fraction: 0")]
    [InlineData(1.5, "bounded_average", "fraction: 1.5")]
    [InlineData(double.NaN, "bounded_average", "fraction: NaN")]
    [InlineData(0.5, "average", "There is no aggregation rule 'average'; choose one of")]
    [InlineData(0.5, "scaffold", "their part in the control")]
    [InlineData(0.5, "fed_curv", "their part in the control")]
    public void WhatCannotBe_IsSaid(double fraction, string rule, string message) => Assert.Contains(
        message,
        Assert.ThrowsAny<ArgumentException>(() =>
            VirtualFederation.Run(new CountingModel(), Uneven, 0, new() { Fraction = fraction, Aggregation = rule })).Message,
        StringComparison.Ordinal);
}
