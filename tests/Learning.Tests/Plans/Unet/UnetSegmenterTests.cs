using Actors.Learning.Tests;

using TorchSharp;

using UnetSegmentation;

using static TorchSharp.torch;

namespace Actors.Learning.Plans.Tests.Unet;

public sealed class UnetSegmenterTests
{
    [Fact]
    public void Dice_OfAClass_IsTwiceTheCommonPartOfBoth()
    {
        byte[] shown = [1, 1, 0, 2];
        byte[] there = [1, 0, 0, 1];

        Assert.Equal(0.5, Dice.Of(shown, there, 1));
        Assert.Equal(0, Dice.Of(shown, there, 2));
        Assert.Equal(1, Dice.Of(shown, there, 3));
    }

    // One voxel of two classes, chances a half each: Dice (2 · 0.5 + 1) / (0.5 + 1 + 1), cross entropy ln 2.
    [Fact]
    public void Loss_IsOneMinusTheSoftDicePlusTheCrossEntropy() => Assert.Equal(
        1 - (2 / 2.5) + Math.Log(2), Dice.Loss(zeros([1, 2, 1, 1, 1]), ones([1, 1, 1, 1], ScalarType.Int64)).ToDouble(), 1e-6);

    // Four voxels, of which one is of class 1; the scores are 1 for background and 0 for class 1 everywhere.
    [Fact]
    public void Loss_WeighsAClassOfOneVoxelAsMuchAsTheBackground()
    {
        using var scores = cat([ones([1, 1, 1, 1, 4]), zeros([1, 1, 1, 1, 4])], 1);
        using var labels = tensor(new long[] { 0, 0, 0, 1 }).reshape(1, 1, 1, 4);
        var chance = 1 / (1 + Math.E);
        var entropies = (Math.Log(1 + (1 / Math.E)) + Math.Log(1 + Math.E)) / 2;

        Assert.Equal(1 - (((2 * chance) + 1) / ((4 * chance) + 2)) + entropies, Dice.Loss(scores, labels).ToDouble(), 1e-6);
    }

    [Fact]
    public void Network_GivesAScoreOfEachClassToEachVoxel()
    {
        using var network = new Unet3d(classes: 3, width: 4);
        using var scores = network.forward(rand([2, 1, 8, 12, 16]));

        Assert.Equal([2, 3, 8, 12, 16], scores.shape);
    }

    [Fact]
    public void Federation_OfTwoSites_LearnsToFindTheTumoursOfAThird()
    {
        using var first = Site("2");
        using var second = Site("3");
        using var third = Site("4");
        using var runners = new Runners(new(first, width: 4), new(second, width: 4), new(third, width: 4));
        var model = runners.All[0].ReadModel();
        var before = runners.DiceOfTheLast(model);

        for (var round = 0; round < 5; round++)
        {
            model = runners.Train(model, round);
        }

        var after = runners.DiceOfTheLast(model);
        Assert.True(after > before + 0.2, $"{before:F3} before, {after:F3} after");
    }

    private static VolumeLoader Site(string path) => new(path, edge: 16, size: 24) { BatchSize = 8 };

    /// <summary>Two that train and one that measures.</summary>
    private sealed class Runners(params UnetSegmenter[] all) : IDisposable
    {
        public UnetSegmenter[] All { get; } = all;

        public byte[] Train(byte[] model, int round)
        {
            var updates = All[..^1].Select(runner =>
            {
                runner.ResetOptimizer();
                runner.WriteModel(model);
                var samples = runner.TrainTask(Rounds.Context(round: round), epochs: 3).SampleCount;
                return (runner.ReadModel(), samples);
            }).ToList();
            return Federation.Average(All[0].Model, updates);
        }

        public double DiceOfTheLast(byte[] model)
        {
            All[^1].WriteModel(model);
            return All[^1].ValidateTask(Rounds.Context()).Metrics.Single(metric => metric.Name == "dice").Value;
        }

        public void Dispose() => Array.ForEach(All, runner => runner.Dispose());
    }
}
