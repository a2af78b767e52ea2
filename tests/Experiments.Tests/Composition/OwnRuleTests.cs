using Actors.Grains;
using Actors.Grains.Aggregation;
using Actors.Grains.Experiments;
using Actors.Learning;

namespace Actors.Experiments.Composition.Tests;

public sealed class OwnRuleTests
{
    private static readonly PolicyChoice Choice = PolicyChoice.Named("Greatest of train");

    [Fact]
    public void Combine_SeesEveryUpdateWithItsWeight_WhereverItsBlockStarts()
    {
        Span<double> result = stackalloc double[3];

        new OwnRule("Sum", new WeightedSum()).Combine(
            Choice, new UpdateBlocks<double>([0.25, 0.75], [1, 2, 3, -1, -1, 5, 6, 7, -1, -1], 5), result);

        Assert.Equal([4.0, 5.0, 6.0], result.ToArray());
    }

    [Fact]
    public void Combine_Float32_IsTheFloat64ResultRoundedOnce()
    {
        double[] weights = [0.1, 0.2, 0.7];
        var values = Enumerable.Range(0, 3 * 40).Select(i => (float)Math.Sin(i)).ToArray();
        var (narrow, wide) = (new float[37], new double[37]);
        var rule = new OwnRule("Sum", new WeightedSum());

        rule.Combine(Choice, new UpdateBlocks<float>(weights, values, 40), narrow);
        rule.Combine(Choice, new UpdateBlocks<double>(weights, Array.ConvertAll(values, value => (double)value), 40), wide);

        Assert.Equal(Array.ConvertAll(wide, value => (float)value), narrow);
    }

    [Fact]
    public void Combine_RuleThatThrows_IsNamed()
    {
        var problem = Assert.Throws<FederationException>(() => new OwnRule("Broken of train", new Broken()).Combine(
            Choice, new UpdateBlocks<double>([1], [1], 1), new double[1]));

        Assert.Equal("The rule Broken of train failed: no such luck", problem.Message);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e300, "Infinity")]
    public void Combine_NumberThatNoModelCanHave_IsRefused(double value, string shown)
    {
        var problem = Assert.Throws<FederationException>(() => new OwnRule("Constant", new Constant(value)).Combine(
            Choice, new UpdateBlocks<float>([1], [1], 1), new float[1]));

        Assert.Equal(
            $"The rule Constant came to {shown} for a coordinate. Every number of a model must be finite.",
            problem.Message.Replace("∞", "Infinity", StringComparison.Ordinal));
    }

    private sealed class WeightedSum : AggregationRule
    {
        public override void Combine(UpdateBlock updates, Span<double> result)
        {
            result.Clear();
            for (var update = 0; update < updates.Count; update++)
            {
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] += updates.Weights[update] * updates[update][i];
                }
            }
        }
    }

    private sealed class Broken : AggregationRule
    {
        public override void Combine(UpdateBlock updates, Span<double> result) => throw new InvalidOperationException("no such luck");
    }

    private sealed class Constant(double value) : AggregationRule
    {
        public override void Combine(UpdateBlock updates, Span<double> result) => result.Fill(value);
    }
}
