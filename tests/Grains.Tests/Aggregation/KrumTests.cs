using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class KrumTests
{
    private static readonly double[][] Five = [[0.0], [1.0], [2.0], [4.0], [100.0]];

    // K = 5, f = 1: two closest. Scores 1 + 4, 1 + 1, 1 + 4, 4 + 9 and 9216 + 9604.
    [Fact]
    public void Krum_IsTheUpdateWithTheLeastScore() => Assert.Equal([1], Aggregation.Of(PolicyChoice.Named("krum"), [0], Five));

    [Fact]
    public void MultiKrum_IsTheMeanOfAllButThoseThatMayBeWrong() => Assert.Equal([1.75], Aggregation.Of(PolicyChoice.Named("multi_krum"), [0], Five));

    [Fact]
    public void MultiKrum_OfTwo_IsTheirMean() =>
        Assert.Equal([0.5], Aggregation.Of(Given.Choice("multi_krum", ("selected_collaborators", 2)), [0], Five));

    // f = 0 of five: the three closest decide, 1 + 4 + 16, 1 + 1 + 9, 4 + 1 + 4, 16 + 9 + 4.
    [Fact]
    public void Krum_WithNobodyWrong_LooksAtMoreNeighbours() =>
        Assert.Equal([2], Aggregation.Of(Given.Choice("krum", ("byzantine_collaborators", 0)), [0], Five));

    // Four updates bear f = 0: asking for more changes nothing.
    [Fact]
    public void Krum_WithTooFewForThePlan_TakesAsManyWrongOnesAsThereMayBe() => Assert.Equal(
        Aggregation.Of(Given.Choice("krum", ("byzantine_collaborators", 0)), [0], Five[..4]),
        Aggregation.Of(Given.Choice("krum", ("byzantine_collaborators", 3)), [0], Five[..4]));

    [Theory]
    [InlineData("krum")]
    [InlineData("multi_krum")]
    public void OneContributor_IsUnchangedToTheBit(string rule) => Assert.Equal(
        new[] { -0.0, 0.1 }.Select(BitConverter.DoubleToInt64Bits),
        Aggregation.Of(PolicyChoice.Named(rule), [7, 7], [[-0.0, 0.1]]).Select(BitConverter.DoubleToInt64Bits));

    [Fact]
    public void Krum_IgnoresSampleCounts() => Assert.Equal([1], Aggregation.Of(PolicyChoice.Named("krum"), [0], Five, 1, 1, 1, 1, 1_000_000));

    // Inner products of changes are the same distances wherever the model is.
    [Property]
    public bool Krum_IsByItsDefinition_WhateverTheOrderAndTheScale(int seed, PositiveInt count)
    {
        var random = new System.Random(seed);
        var updates = Enumerable.Range(0, (count.Get % 9) + 5).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() }).ToArray();
        var closest = updates.Length - Math.Max((updates.Length - 3) / 2, 0) - 2;
        var expected = updates.MinBy(update => updates
            .Where(other => other != update)
            .Select(other => update.Zip(other, (a, b) => (a - b) * (a - b)).Sum())
            .Order()
            .Take(Math.Max(closest, 1))
            .Sum())!;
        var found = Aggregation.Of(PolicyChoice.Named("krum"), [0.5, 0.5, 0.5], updates);
        random.Shuffle(updates);
        var scaled = updates.Select(update => update.Select(value => 8 * value).ToArray()).ToArray();
        return expected.SequenceEqual(found)
            && expected.SequenceEqual(Aggregation.Of(PolicyChoice.Named("krum"), [0.5, 0.5, 0.5], updates))
            && expected.SequenceEqual(Aggregation.Of(PolicyChoice.Named("krum"), [4, 4, 4], scaled).Select(value => value / 8));
    }
}
