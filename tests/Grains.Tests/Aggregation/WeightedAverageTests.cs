using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class WeightedAverageTests
{
    [Fact]
    public void Combine_TwoByTwo_IsTheMeanByHand() =>
        Assert.Equal([2.5, -1.25], Average([0.25, 0.75], [[1, 1], [3, -2]]));

    [Fact]
    public void Combine_EqualUpdates_IsTheUpdate() => Assert.Equal([0.5, 4, -8], Average([0.5, 0.25, 0.25], [[0.5, 4, -8], [0.5, 4, -8], [0.5, 4, -8]]));

    [Theory]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(0.1)]
    public void Combine_OneContributor_IsUnchangedToTheBit(double value) =>
        Assert.Equal([BitConverter.DoubleToInt64Bits(value)], Average([1], [[value]]).Select(BitConverter.DoubleToInt64Bits));

    [Property]
    public bool Combine_OneContributor_OfAnyLength_IsUnchanged(NormalFloat[] values)
    {
        var update = values.Select(value => value.Get).ToArray();
        return Average([1], [update]).AsSpan().SequenceEqual(update);
    }

    // Lengths around the widths of vectors, 2, 4 and 8 float64, and of the pieces; numbers of updates around those of a group.
    [Theory]
    [InlineData(5, 1)]
    [InlineData(5, 3)]
    [InlineData(5, 4)]
    [InlineData(5, 7)]
    [InlineData(5, 8)]
    [InlineData(5, 9)]
    [InlineData(5, 1023)]
    [InlineData(10, 4096)]
    [InlineData(11, 4097)]
    [InlineData(25, 8300)]
    public void Combine_IsAChainOfFusedMultiplyAdds_WhateverTheVectorsWidth(int count, int length)
    {
        var random = new Random(length);
        var weights = Enumerable.Range(1, count).Select(place => place / (count * (count + 1) / 2.0)).ToArray();
        var updates = weights.Select(_ => Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        var expected = Enumerable.Range(0, length).Select(i =>
        {
            var sum = weights[0] * updates[0][i];
            for (var update = 1; update < weights.Length; update++)
            {
                sum = Math.FusedMultiplyAdd(weights[update], updates[update][i], sum);
            }

            return sum;
        });
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), Average(weights, updates).Select(BitConverter.DoubleToInt64Bits));
    }

    [Property]
    public bool Combine_InAnotherOrder_DiffersByNoMoreThanRounding(PositiveInt[] samples, int seed)
    {
        if (samples.Length == 0)
        {
            return true;
        }

        var random = new Random(seed);
        var total = samples.Sum(count => (double)count.Get);
        var pairs = samples.Select(count => (Weight: count.Get / total, Update: new[] { random.NextDouble(), -random.NextDouble() })).ToArray();
        var ordered = Average([.. pairs.Select(pair => pair.Weight)], [.. pairs.Select(pair => pair.Update)]);
        random.Shuffle(pairs);
        var shuffled = Average([.. pairs.Select(pair => pair.Weight)], [.. pairs.Select(pair => pair.Update)]);
        return ordered.Zip(shuffled, (a, b) => Math.Abs(a - b)).All(difference => difference < 1e-14);
    }

    [Fact]
    public void Combine_OverwritesWhatTheResultHeld()
    {
        double[] result = [double.NaN, 99];
        new WeightedAverage().Combine(PolicyChoice.Named("weighted_average"), new UpdateBlocks<double>([1], [1.0, 2.0], 2), result);
        Assert.Equal([1, 2], result);
    }

    private static double[] Average(double[] weights, double[][] updates)
    {
        var result = new double[updates[0].Length];
        new WeightedAverage().Combine(PolicyChoice.Named("weighted_average"), new UpdateBlocks<double>(weights, [.. updates.SelectMany(update => update)], result.Length), result);
        return result;
    }
}
