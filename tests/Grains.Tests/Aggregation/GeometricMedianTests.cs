using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class GeometricMedianTests
{
    private static readonly PolicyChoice Median = PolicyChoice.Named("geometric_median");
    private static readonly PolicyChoice Exact = Given.Choice("geometric_median", ("maximum_iterations", 10_000), ("tolerance", 0), ("smoothing", 1e-12));

    [Fact]
    public void Run_OnALine_IsTheMedian() => Assert.Equal([2], Aggregation.Of(Exact, [0], [[1], [2], [1000]]), Within(1e-6));

    [Fact]
    public void Run_OnALine_WeighsBySamples() => Assert.Equal([1], Aggregation.Of(Exact, [0], [[1], [2], [1000]], 5, 2, 2), Within(1e-6));

    // The four corners of a square: the crossing of the diagonals, by symmetry.
    [Fact]
    public void Run_OfASquare_IsItsMiddle() => Assert.Equal([0.5, 0.5], Aggregation.Of(Median, [9, 9], [[0, 0], [1, 0], [0, 1], [1, 1]]), Within(1e-12));

    // Fermat's point of a right triangle with legs of 1 is at (3 - √3) / 6.
    [Fact]
    public void Run_OfARightTriangle_IsFermatsPoint()
    {
        var point = (3 - Math.Sqrt(3)) / 6;
        Assert.Equal([point, point], Aggregation.Of(Exact, [0, 0], [[0, 0], [1, 0], [0, 1]]), Within(1e-7));
    }

    // By hand: from the mean, 4/3, the distances are 4/3, 4/3 and 8/3, so the weights are as 2, 2 and 1.
    [Fact]
    public void Run_OneIteration_IsWeiszfeldsStepFromTheMean() =>
        Assert.Equal([4 / 5.0], Aggregation.Of(Given.Choice("geometric_median", ("maximum_iterations", 1)), [1], [[0], [0], [4]]), Within(1e-12));

    [Fact]
    public void Run_OneContributor_IsUnchanged() => Assert.Equal([3, -4], Aggregation.Of(Median, [0, 1], [[3, -4]]));

    [Fact]
    public void Run_AFarUpdate_IsAsGoodAsAnyOther() =>
        Assert.Equal(Aggregation.Of(Exact, [0], [[1], [2], [3.5], [4], [1e3]]), Aggregation.Of(Exact, [0], [[1], [2], [3.5], [4], [1e12]]), Within(1e-3));

    // At the minimum the unit vectors to the updates, weighted, add up to zero.
    [Property]
    public bool Run_IsTheMinimum_WhateverTheOrderAndTheScale(int seed, PositiveInt count)
    {
        var random = new System.Random(seed);
        var updates = Enumerable.Range(0, (count.Get % 7) + 4)
            .Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() })
            .ToArray();
        var found = Aggregation.Of(Exact, [0.5, 0.5, 0.5, 0.5], updates);
        var before = SumOfDistances(found, updates);
        var least = Enumerable.Range(0, 200)
            .Select(_ => SumOfDistances([.. found.Select(value => value + ((random.NextDouble() - 0.5) * 1e-3))], updates))
            .Min();
        random.Shuffle(updates);
        var scaled = updates.Select(update => update.Select(value => 8 * value).ToArray()).ToArray();
        return before <= least + 1e-9
            && Near(found, Aggregation.Of(Exact, [0.5, 0.5, 0.5, 0.5], updates))
            && Near(found.Select(value => 8 * value), Aggregation.Of(Exact, [4, 4, 4, 4], scaled));
    }

    private static double SumOfDistances(double[] point, double[][] updates) =>
        updates.Sum(update => Math.Sqrt(update.Zip(point, (a, b) => (a - b) * (a - b)).Sum()));

    private static bool Near(IEnumerable<double> one, IEnumerable<double> other) => one.Zip(other).All(pair => Within(1e-5)(pair.First, pair.Second));

    private static Func<double, double, bool> Within(double error) => (one, other) => Math.Abs(one - other) < error;
}
