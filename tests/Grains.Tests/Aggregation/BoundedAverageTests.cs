using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class BoundedAverageTests
{
    private static readonly PolicyChoice Bounded = PolicyChoice.Named("bounded_average");
    private static readonly PolicyChoice Plain = PolicyChoice.Named("weighted_average");

    // Changes of 1, 1 and 6 along one axis: typical is 1, the bound 3; (1 + 1 + 3) / 3 from 10 on.
    [Fact]
    public void Run_OneLongChange_IsShortenedToThreeTypicalOnes() =>
        Assert.Equal([10 + (5 / 3.0)], Aggregation.Of(Bounded, [10], [[11], [11], [16]]), Close);

    [Fact]
    public void Run_AnAbsurdChange_IsLeftOutAndTheOthersShareIt() =>
        Assert.Equal([11.5], Aggregation.Of(Bounded, [10], [[11], [12], [1e9]], 1, 1, 100), Close);

    [Fact]
    public void Run_TheBoundAndTheLimit_AreThePlans() => Assert.Equal(
        [10 + (4 / 3.0)],
        Aggregation.Of(Given.Choice("bounded_average", ("norm_multiplier", 2), ("leave_out_multiplier", double.PositiveInfinity)), [10], [[11], [11], [1e9]]),
        Close);

    [Fact]
    public void Run_WithoutBound_IsTheWeightedAverage() => Assert.Equal(
        Aggregation.Of(Plain, [10], [[11], [11], [1e9]], 1, 2, 3),
        Aggregation.Of(
            Given.Choice("bounded_average", ("norm_multiplier", double.PositiveInfinity), ("leave_out_multiplier", double.PositiveInfinity)),
            [10],
            [[11], [11], [1e9]],
            1,
            2,
            3));

    [Fact]
    public void Run_OneContributor_IsUnchanged() => Assert.Equal([1e9, -3], Aggregation.Of(Bounded, [0, 0], [[1e9, -3]]));

    // Of two nobody is a majority: who has more samples is the measure.
    [Theory]
    [InlineData(9, 1, 1.2)]
    [InlineData(1, 9, 4.6)]
    [InlineData(5, 5, 2)]
    public void Run_TwoContributors_AreMeasuredByTheOneWithMoreSamples(long first, long second, double expected) =>
        Assert.Equal([expected], Aggregation.Of(Bounded, [0], [[1], [5]], first, second), Close);

    [Fact]
    public void Run_NobodyChangedAnything_IsTheModel() => Assert.Equal([4, 5], Aggregation.Of(Bounded, [4, 5], [[4, 5], [4, 5], [4, 5]]));

    // Those that send the model back do not make everybody else's change absurd.
    [Fact]
    public void Run_MostChangedNothing_AreNoMeasure() => Assert.Equal([0.25], Aggregation.Of(Bounded, [0], [[0], [0], [0], [1]]), Close);

    // Measured case: one site with 0.6 % of the data.
    [Theory]
    [InlineData(1e3)]
    [InlineData(-1e6)]
    [InlineData(1e300)]
    [InlineData(29.9)]
    [InlineData(-29.9)]
    public void Run_ASiteWithSixThousandthsOfTheData_MovesTheModelByNoMoreThanTheBound(double sent)
    {
        double[][] honest = [[10, 0], [9, 1], [10, -1], [11, 0]];
        long[] samples = [300, 230, 240, 224];
        var without = Aggregation.Of(Bounded, [0, 0], honest, samples);
        var with = Aggregation.Of(Bounded, [0, 0], [.. honest, [sent, sent]], [.. samples, 6]);
        var moved = Math.Sqrt(with.Zip(without, (a, b) => (a - b) * (a - b)).Sum());
        Assert.InRange(moved, 0, 0.006 * ((3 * 10.05) + 11)); // Its own bounded change, and what its share takes from the others'.
    }

    [Fact]
    public void Run_AHostileMajorityOfSamples_MovesTheModelByNoMoreThanTheBound()
    {
        var moved = Aggregation.Of(Bounded, [0], [[1], [1], [-9.9]], 1, 1, 1_000_000);
        Assert.InRange(moved[0], -3, 0);
    }

    [Fact]
    public void Run_Counters_TakeTheMedianOfThoseThatCount()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(1)), new("n", ElementType.Int64, new(1))]);
        var updates = new[] { (1.0, 5.0), (1.1, 6.0), (0.9, 1e15), (1e9, 7.0) }.Select(update => (ModelBytes.Of(manifest, [update.Item1], [update.Item2]), 1L));
        var found = Aggregation.Run(manifest, Bounded, ModelBytes.Of(manifest, [0], [0]), [.. updates]);
        Assert.Equal([6], ModelBytes.Tensor(manifest, found.Bytes, 1));
    }

    [Property]
    public bool Run_NoChangeTooLong_IsTheWeightedAverageToTheBit(int seed, PositiveInt count)
    {
        var random = new System.Random(seed);
        var (model, updates, samples) = Random(random, (count.Get % 8) + 1, scale: 1);
        return Aggregation.Of(Bounded, model, updates, samples).AsSpan().SequenceEqual(Aggregation.Of(Plain, model, updates, samples));
    }

    [Property]
    public bool Run_InAnotherOrder_DiffersByNoMoreThanRounding(int seed, PositiveInt count)
    {
        var random = new System.Random(seed);
        var (model, updates, samples) = Random(random, (count.Get % 8) + 3, scale: 30);
        var order = Enumerable.Range(0, updates.Length).ToArray();
        random.Shuffle(order);
        return Near(
            Aggregation.Of(Bounded, model, updates, samples),
            Aggregation.Of(Bounded, model, [.. order.Select(i => updates[i])], [.. order.Select(i => samples[i])]));
    }

    // Scaling all changes scales the result; scaling all sample counts changes nothing.
    [Property]
    public bool Run_Scaled_IsScaled(int seed, PositiveInt count)
    {
        var (_, updates, samples) = Random(new System.Random(seed), (count.Get % 8) + 1, scale: 30);
        double[] zero = [0, 0, 0];
        var result = Aggregation.Of(Bounded, zero, updates, samples);
        return Near(result.Select(value => 4 * value), Aggregation.Of(Bounded, zero, [.. updates.Select(update => update.Select(value => 4 * value).ToArray())], samples))
            && Near(result, Aggregation.Of(Bounded, zero, updates, [.. samples.Select(number => 7 * number)]));
    }

    private static (double[] Model, double[][] Updates, long[] Samples) Random(System.Random random, int count, double scale)
    {
        double[] model = [0.3, -0.2, 0.1];
        var updates = Enumerable.Range(0, count).Select(_ =>
        {
            var length = 1 + ((scale - 1) * random.NextDouble());
            double[] change = [random.NextDouble() + 0.5, random.NextDouble() + 0.5, random.NextDouble() + 0.5];
            return model.Zip(change, (x, d) => x + (length * d)).ToArray();
        }).ToArray();
        return (model, updates, [.. updates.Select(_ => random.NextInt64(1, 1000))]);
    }

    private static bool Near(IEnumerable<double> one, IEnumerable<double> other) => one.Zip(other, (a, b) => Math.Abs(a - b)).All(difference => difference < 1e-11);

    private static bool Close(double one, double other) => Math.Abs(one - other) < 1e-12;
}
