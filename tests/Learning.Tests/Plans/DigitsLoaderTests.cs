using Actors.Learning.Splitting;

using TorchCnnDigits;

namespace Actors.Learning.Plans.Tests;

public sealed class DigitsLoaderTests
{
    private const int Digits = 1797;

    public static TheoryData<string> Splits => [.. Splitters.Names];

    [Theory]
    [MemberData(nameof(Splits))]
    public void Shards_HaveEveryDigitOnce_AndSomethingToValidate(string split)
    {
        var sizes = Enumerable.Range(1, 20).Select(shard => Sizes(shard, split)).ToList();

        Assert.Equal(Digits, sizes.Sum(size => size.Train + size.Validation));
        Assert.All(sizes, size => Assert.True(size is { Train: >= 4, Validation: >= 1 }, $"{size}"));
    }

    [Fact]
    public void Shard_OfASplitThatThereIsNot_NamesThoseThereAre() =>
        Assert.Contains("choose one of dirichlet, equal", Assert.Throws<ArgumentException>(() => Sizes(1, "iid")).Message, StringComparison.Ordinal);

    private static (long Train, long Validation) Sizes(int shard, string split)
    {
        var file = Path.Combine(new PlanFile("torch_cnn_digits").Folder, "data", "digits.csv.gz");
        using var loader = new DigitsLoader($"{shard}", collaboratorCount: 20, file, split, alpha: 0.05, sigma: 3);
        return (loader.TrainSampleCount, loader.ValidationSampleCount);
    }
}
