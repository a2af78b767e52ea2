using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class OrderStatisticsTests
{
    private static readonly PolicyChoice Quarter = new("trimmed_mean", new Dictionary<string, double> { [TrimmedMean.TrimFraction] = 0.25 });

    [Fact]
    public void Median_OfThree_IsTheMiddleOne() => Assert.Equal([2, -5], Combine(new Median(), [[1, -5], [2, 100], [1e9, -6]]));

    [Fact]
    public void Median_OfTwo_IsTheirMean() => Assert.Equal([2.5], Combine(new Median(), [[1], [4]]));

    [Fact]
    public void TrimmedMean_DropsTheLeastAndTheGreatest() =>
        Assert.Equal([2.5], Combine(new TrimmedMean(), [[-1000], [2], [3], [1000]], Quarter));

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MinValue)]
    public void Median_OfOne_IsUnchangedToTheBit(double value) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Combine(new Median(), [[value]])[0]));

    [Fact]
    public void Median_OfZeros_HasNoSign() =>
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Combine(new Median(), [[-0.0], [-0.0], [0.0]])[0]));

    [Property]
    public bool Median_IsTheOneOfASortedList(PositiveInt updates, PositiveInt length, int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, (updates.Get % 40) + 1)
            .Select(_ => Enumerable.Range(0, length.Get % 70).Select(_ => random.Next(-20, 20) / 4.0).ToArray())
            .ToArray();
        var expected = Enumerable.Range(0, length.Get % 70).Select(i =>
        {
            var sorted = all.Select(update => update[i]).Order().ToList();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        });
        return Combine(new Median(), all).SequenceEqual(expected);
    }

    [Theory]
    [InlineData("median", 9)]
    [InlineData("trimmed_mean", 11)]
    [InlineData("weighted_average", 5)]
    public void Combine_Float32_IsFloat64RoundedOnce(string name, int updates)
    {
        var random = new Random(updates);
        var values = Enumerable.Range(0, updates * 131).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var weights = Enumerable.Repeat(1.0 / updates, updates).ToArray();
        var (narrow, wide) = (new float[131], new double[131]);
        AggregationRules.BuiltIn.Find(name).Combine(PolicyChoice.Named(name), new UpdateBlocks<float>(weights, values, 131), narrow);
        AggregationRules.BuiltIn.Find(name).Combine(
            PolicyChoice.Named(name), new UpdateBlocks<double>(weights, [.. values.Select(value => (double)value)], 131), wide);
        Assert.Equal(wide.Select(value => (float)value), narrow);
    }

    // Written code and the loop are the same arithmetic: for each number of updates and of those that are dropped, to the bit.
    [Property]
    public bool MiddleMean_InRegisters_IsThatByColumns(PositiveInt updates, NonNegativeInt dropped, PositiveInt length, int seed)
    {
        float[] special = [0f, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1f, -1f];
        var (count, numbers, random) = ((updates.Get % MiddleMeanCode.MostUpdates) + 1, length.Get % 100, new Random(seed));
        var values = Enumerable.Range(0, count * numbers)
            .Select(_ => random.Next(3) == 0 ? special[random.Next(special.Length)] : random.NextSingle() - 0.5f)
            .ToArray();
        var blocks = new UpdateBlocks<float>([.. Enumerable.Repeat(1.0 / count, count)], values, numbers);
        var (inRegisters, byColumns) = (new float[numbers], new float[numbers]);
        OrderStatistics.MiddleMean(blocks, dropped.Get % ((count + 1) / 2), inRegisters);
        OrderStatistics.MiddleMeanByColumns(blocks, dropped.Get % ((count + 1) / 2), byColumns);
        return inRegisters.Select(BitConverter.SingleToInt32Bits).SequenceEqual(byColumns.Select(BitConverter.SingleToInt32Bits));
    }

    // What parts every arrangement of zeros and ones parts everything (Knuth's 0-1 principle).
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 2)]
    [InlineData(10, 1)]
    [InlineData(10, 4)]
    [InlineData(13, 3)]
    [InlineData(13, 6)]
    public void Network_PartsEveryArrangementOfZerosAndOnes(int count, int dropped) =>
        Assert.All(Enumerable.Range(0, 1 << count), bits =>
        {
            var values = Enumerable.Range(0, count).Select(place => (bits >> place) & 1).ToArray();
            var sorted = values.Order().ToArray();
            foreach (var (low, high) in SortingNetwork.For(count, dropped, count - 1 - dropped))
            {
                (values[low], values[high]) = (Math.Min(values[low], values[high]), Math.Max(values[low], values[high]));
            }

            foreach (var part in new[] { ..dropped, dropped..^dropped, ^dropped.. })
            {
                Assert.Equal(sorted[part].Sum(), values[part].Sum());
            }
        });

    private static double[] Combine(IAggregationRule rule, double[][] updates, PolicyChoice? choice = null)
    {
        var result = new double[updates[0].Length];
        var weights = Enumerable.Repeat(1.0 / updates.Length, updates.Length).ToArray();
        rule.Combine(
            choice ?? PolicyChoice.Named(rule.Name),
            new UpdateBlocks<double>(weights, [.. updates.SelectMany(update => update)], result.Length),
            result);
        return result;
    }
}
