using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation.Tests;

public class BundleAggregationTests
{
    private static readonly ModelManifest Mixed = new(
    [
        new("weight", ElementType.Float32, new(3)),
        new("empty", ElementType.Float64, new(0)),
        new("steps", ElementType.Int64, new()),
        new("mask", ElementType.Boolean, new(5)),
        new("half", ElementType.BFloat16, new(1)),
        new("bias", ElementType.Float64, new(2)),
    ]);

    [Fact]
    public void Run_MixedTypes_AveragesEachInItsOwn()
    {
        var a = ModelBytes.Of(Mixed, [1, 2, 3], [], [10], [1, 1, 0, 0, 1], [2], [0.5, -1]);
        var b = ModelBytes.Of(Mixed, [5, 6, 7], [], [21], [1, 0, 1, 0, 1], [4], [1.5, 1]);
        var average = Average(Mixed, (a, 1), (b, 3));
        Assert.Equal([4, 5, 6], ModelBytes.Tensor(Mixed, average, 0));
        Assert.Equal([18], ModelBytes.Tensor(Mixed, average, 2)); // 18.25: a counter stays a whole number.
        Assert.Equal([1, 0, 1, 0, 1], ModelBytes.Tensor(Mixed, average, 3));
        Assert.Equal([3.5], ModelBytes.Tensor(Mixed, average, 4));
        Assert.Equal([1.25, 0.5], ModelBytes.Tensor(Mixed, average, 5));
    }

    [Fact]
    public void Run_PadsWithZerosToTheManifestsLength()
    {
        var update = ModelBytes.Of(Mixed, [1, 2, 3], [], [10], [1, 1, 1, 1, 1], [2], [0.5, -1]);
        Assert.Equal(update, Average(Mixed, (update, 7)));
    }

    [Fact]
    public void Run_OneContributor_IsUnchangedToTheBit()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(6))]);
        var update = ModelBytes.Of(manifest, [-0.0, 0.1, float.Epsilon, float.MaxValue, float.MinValue, 1 / 3.0]);
        Assert.Equal(update, Average(manifest, (update, 12345)));
    }

    // Blocks hold at most 65,536 elements.
    [Theory]
    [InlineData(ElementType.Float32, 65_535)]
    [InlineData(ElementType.Float32, 65_536)]
    [InlineData(ElementType.Float32, 65_537)]
    [InlineData(ElementType.Float64, 131_073)]
    [InlineData(ElementType.UInt8, 65_537)]
    public void Run_AroundABlocksEnd_AveragesEveryElement(ElementType type, int elements)
    {
        var manifest = new ModelManifest([new("w", type, new(elements)), new("b", ElementType.Float32, new(1))]);
        var a = ModelBytes.Of(manifest, [.. Enumerable.Range(0, elements).Select(i => i % 100.0)], [1]);
        var b = ModelBytes.Of(manifest, [.. Enumerable.Range(0, elements).Select(i => (i % 100.0) + 2)], [2]);
        var average = Average(manifest, (a, 5), (b, 5));
        Assert.Equal(Enumerable.Range(0, elements).Select(i => (i % 100.0) + 1), ModelBytes.Tensor(manifest, average, 0));
        Assert.Equal([1.5], ModelBytes.Tensor(manifest, average, 1));
    }

    [Fact]
    public void Run_Counters_KeepWhatFloat32CouldNot()
    {
        const long Big = (1L << 40) + 1;
        var manifest = new ModelManifest([new("steps", ElementType.Int64, new(1))]);
        var update = BitConverter.GetBytes(Big);
        Assert.Equal(update, Average(manifest, (update, 1), (update, 1)));
    }

    public static TheoryData<string> Rules => [.. AggregationRules.BuiltIn.Names];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_OnAnyNumberOfThreads_InBlocksOfAnySize_GivesTheSameBytes(string rule)
    {
        var manifest = new ModelManifest(
            [new("w", ElementType.Float32, new(5_001)), new("n", ElementType.Int64, new(3)), new("b", ElementType.Float64, new(1_003))]);
        var model = RandomUpdate(manifest, 99);
        var updates = Enumerable.Range(0, 7).Select(seed => (RandomUpdate(manifest, seed), 100L + seed)).ToArray();
        var choice = Given.Choice(rule, (NormBounded.Bound, 0.5));
        var expected = Aggregation.Run(manifest, choice, model, updates, threads: 1);
        Assert.All([1, 2, 3, 4, 5, 6, 7, 8], threads => Assert.All([256, 768, 1 << 20], elements =>
        {
            var found = Aggregation.Run(manifest, choice, model, updates, threads, elements);
            Assert.Equal(expected.Bytes, found.Bytes);
            Assert.Equal(expected.States, found.States);
            Assert.Equal(expected.Measures, found.Measures);
        }));
    }

    [Fact]
    public void Run_MovedUpdates_AreThoseOfTheCurrentModel_OnAnyNumberOfThreads()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(5_001)), new("b", ElementType.Float64, new(3))]);
        var (model, older) = (RandomUpdate(manifest, 99), RandomUpdate(manifest, 98));
        var sources = Enumerable.Range(0, 5).Select(seed => new UpdateSource(Aggregation.Reader(RandomUpdate(manifest, seed)), 1 + seed)
        {
            StartedFrom = seed % 2 == 0 ? Aggregation.Reader(older) : null,
            Freshness = seed % 2 == 0 ? 0.5 : 1,
        }).ToList();
        Assert.All(AggregationRules.BuiltIn.Names, rule =>
        {
            var choice = Given.Choice(rule, (NormBounded.Bound, 0.5));
            var expected = Aggregation.Run(manifest, choice, model, sources, 1, 4096);
            Assert.All([2, 3, 8], threads => Assert.Equal(expected.Bytes, Aggregation.Run(manifest, choice, model, sources, threads, 512).Bytes));
        });
    }

    [Fact]
    public void Run_AMovedUpdate_CountsByItsChangeAndItsFreshness()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(2)), new("n", ElementType.Int64, new(1))]);
        var source = new UpdateSource(Aggregation.Reader(ModelBytes.Of(manifest, [3, 5], [10])), 1)
        {
            StartedFrom = Aggregation.Reader(ModelBytes.Of(manifest, [1, 1], [4])),
            Freshness = 0.5,
        };
        var found = Aggregation.Run(manifest, PolicyChoice.Named("weighted_average"), ModelBytes.Of(manifest, [10, 20], [7]), [source], 1, 256);
        Assert.Equal([11, 22], ModelBytes.Tensor(manifest, found.Bytes, 0));
        Assert.Equal([10], ModelBytes.Tensor(manifest, found.Bytes, 1));
    }

    [Fact]
    public void Run_TenThousandUpdates_OpensEachAndHoldsAThousand()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(300))]);
        var (open, most) = (0, 0);
        var readers = Enumerable.Range(0, 10_000).Select(update => (Func<ITensorReader>)(() =>
        {
            most = Math.Max(most, Interlocked.Increment(ref open));
            return new CountedReader(ModelBytes.Of(manifest, Enumerable.Repeat(update % 2.0, 300).ToArray()), () => Interlocked.Decrement(ref open));
        })).ToList();
        var stage = new MemoryStage();
        using (var files = new UpdateFiles([.. readers.Select(reader => new UpdateSource(reader, 1))]))
        {
            new BundleAggregation(new WeightedAverage(), PolicyChoice.Named("weighted_average"), manifest, files) { Threads = 2 }.Run(stage);
        }

        Assert.All(ModelBytes.Tensor(manifest, stage.Bytes, 0), value => Assert.Equal(0.5, value, 1e-6));
        Assert.Equal(0, open);
        Assert.InRange(most, 1000, 1010);
    }

    private static byte[] RandomUpdate(ModelManifest manifest, int seed)
    {
        var random = new Random(seed);
        return ModelBytes.Of(
            manifest,
            [.. manifest.Tensors.Select(tensor => Enumerable.Range(0, (int)tensor.Shape.ElementCount).Select(_ => random.NextDouble() - 0.5).ToArray())]);
    }

    private static byte[] Average(ModelManifest manifest, params (byte[] Bytes, long Samples)[] updates) =>
        Aggregation.Run(manifest, PolicyChoice.Named("weighted_average"), null, updates, 2).Bytes;

    private sealed class CountedReader(byte[] bytes, Action closed) : ITensorReader
    {
        public long Length => bytes.Length;

        public void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

        public void Dispose() => closed();
    }
}
