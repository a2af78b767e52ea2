using FsCheck;
using FsCheck.Xunit;

namespace Actors.Learning.Splitting.Tests;

public sealed class SplittersTests
{
    // Ten classes of a hundred samples, mixed.
    private static readonly long[] Labels = [.. Enumerable.Range(0, 1000).Select(sample => (long)(sample * 7 % 10))];

    public static TheoryData<string> Names => [.. Splitters.Names];

    [Fact]
    public void Names_AreThoseADataScientistKnows() =>
        Assert.Equal(["dirichlet", "equal", "log_normal", "random", "two_class"], Splitters.Names);

    [Fact]
    public void Find_AnUnknownName_ListsTheKnownOnes() => Assert.StartsWith(
        "There is no split 'iid'; choose one of dirichlet, equal, log_normal, random, two_class.",
        Assert.Throws<ArgumentException>(() => Splitters.Find("iid")).Message,
        StringComparison.Ordinal);

    [Property]
    public bool Split_OfAnything_HasEverySampleOnce_AndNoShardTooSmall(NonEmptyArray<sbyte> classes, PositiveInt shards, PositiveInt least, int seed)
    {
        var labels = classes.Get.Select(label => (long)label).ToArray();
        var count = 1 + ((shards.Get - 1) % labels.Length);
        var minimum = 1 + ((least.Get - 1) % (labels.Length / count));
        return Splitters.Names.All(name =>
        {
            var split = Splitters.Find(name).Split(labels, new(count, seed, Alpha: 0.05, Sigma: 3, minimum));
            return split.Length == count
                && split.All(shard => shard.Length >= minimum && shard.SequenceEqual(shard.Order()))
                && split.SelectMany(shard => shard).Order().SequenceEqual(Enumerable.Range(0, labels.Length));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_IsTheSameForTheSameSeed(string name) => Assert.Equal(Split(name, new(8, Seed: 3)), Split(name, new(8, Seed: 3)));

    [Theory]
    [InlineData("random")]
    [InlineData("log_normal")]
    [InlineData("dirichlet")]
    [InlineData("two_class")]
    public void Split_OfWhatIsRandom_IsAnotherForAnotherSeed(string name) => Assert.NotEqual(Split(name, new(8, Seed: 3)), Split(name, new(8, Seed: 4)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_OfTooFewSamples_SaysHowMany(string name) => Assert.Equal(
        "1000 samples are too few for 101 shards of at least 10; make fewer shards.",
        Assert.Throws<ArgumentException>(() => Split(name, new(101, Minimum: 10))).Message);

    [Fact]
    public void Split_Equal_IsEveryNth() =>
        Assert.Equal(Enumerable.Range(1, 7).Select(index => Shards.Of(index, 7, 1000)), Split("equal", new(7)));

    [Fact]
    public void Split_Random_MixesClassesAndVariesSizes()
    {
        var shards = Split("random", new(5, Seed: 1));

        Assert.All(shards.Where(shard => shard.Length > 100), shard => Assert.Equal(10, ClassesOf(shard)));
        Assert.True(shards.Select(shard => shard.Length).Distinct().Count() > 1);
    }

    // Of exp(sigma z) the logarithm's standard deviation is sigma; 1000 shards tell it within a tenth.
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void Split_LogNormal_HasSizesWhoseLogarithmHasTheDeviation(double sigma)
    {
        var shards = Splitters.Find("log_normal").Split(new long[2_000_000], new(1000, Seed: 2, Sigma: sigma));

        var logarithms = shards.Select(shard => Math.Log(shard.Length)).ToList();
        var mean = logarithms.Average();
        Assert.InRange(Math.Sqrt(logarithms.Average(value => Math.Pow(value - mean, 2))), 0.9 * sigma, 1.1 * sigma);
    }

    [Fact]
    public void Split_LogNormal_WithoutDeviation_IsEqualInSize() =>
        Assert.All(Split("log_normal", new(8, Sigma: 0)), shard => Assert.Equal(125, shard.Length));

    // Var[p] = (1/n)(1 - 1/n) / (n alpha + 1) for each of the symmetric Dirichlet's n parts; 4000 draws of it tell that within a tenth.
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(20)]
    public void Split_Dirichlet_SharesClassesOutWithTheDistributionsVariance(double alpha)
    {
        const int Count = 10;
        const int Classes = 400;
        const int PerClass = 2000;
        long[] labels = [.. Enumerable.Range(0, Classes * PerClass).Select(sample => (long)(sample % Classes))];

        var shards = Splitters.Find("dirichlet").Split(labels, new(Count, Seed: 5, Alpha: alpha));

        var parts = shards.SelectMany(shard => PartsOf(shard, labels, Classes).Select(part => (double)part / PerClass)).ToList();
        var expected = 1.0 / Count * (1 - (1.0 / Count)) / ((Count * alpha) + 1);
        Assert.Equal(1.0 / Count, parts.Average(), 12);
        Assert.InRange(parts.Average(part => Math.Pow(part - (1.0 / Count), 2)), 0.9 * expected, 1.1 * expected);
    }

    [Fact]
    public void Split_TwoClass_GivesEachShardTwoPiecesOfAtMostTwoClasses()
    {
        var shards = Split("two_class", new(100, Seed: 9));

        Assert.All(shards, shard => Assert.Equal(10, shard.Length));
        Assert.All(shards, shard => Assert.InRange(ClassesOf(shard), 1, 2));
        Assert.Contains(shards, shard => ClassesOf(shard) == 2);
    }

    [Theory]
    [InlineData(0, 1, "alpha: 0 is no concentration")]
    [InlineData(double.NaN, 1, "alpha: NaN is no concentration")]
    [InlineData(1, -1, "sigma: -1 is no standard deviation")]
    public void Split_WithSettingsOutOfRange_NamesThem(double alpha, double sigma, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => Split("dirichlet", new(2, 0, alpha, sigma))).Message, StringComparison.Ordinal);

    private static int[][] Split(string name, SplitSettings settings) => Splitters.Find(name).Split(Labels, settings);

    private static int ClassesOf(int[] shard) => shard.Select(sample => Labels[sample]).Distinct().Count();

    private static int[] PartsOf(int[] shard, long[] labels, int classes)
    {
        var parts = new int[classes];
        foreach (var sample in shard)
        {
            parts[labels[sample]]++;
        }

        return parts;
    }
}
