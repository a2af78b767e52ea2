using static TorchSharp.torch;

namespace Actors.Experiments.Tests;

public class FederatedDatasetTests
{
    [Fact]
    public void Shard_GivesEverySampleToOneCollaborator()
    {
        using var inputs = arange(0, 23, ScalarType.Float32).reshape(23, 1);
        using var targets = arange(0, 23, ScalarType.Int64);

        using var data = FederatedDataset.Shard(inputs, targets, collaborators: 2, validateEvery: 4);

        Assert.Equal(["collaborator1", "collaborator2"], data.Collaborators.Select(one => one.Name));
        Assert.Equal([9, 9], data.Collaborators.Select(one => one.Train!.Count));
        Assert.Equal([3, 2], data.Collaborators.Select(one => one.Validation!.Count));
        Assert.Equal([6, 14, 22], Targets(data.Collaborators[0].Validation!));
        Assert.Equal(
            Enumerable.Range(0, 23).Select(number => (long)number),
            data.Collaborators.SelectMany(one => Targets(one.Train!).Concat(Targets(one.Validation!))).Order());
    }

    [Fact]
    public void Shard_WithTooFewSamples_SaysHowManyAreNeeded()
    {
        using var inputs = zeros(9, 1);
        using var targets = zeros(9);

        var refusal = Assert.Throws<ArgumentException>(() => FederatedDataset.Shard(inputs, targets, collaborators: 2));

        Assert.Contains("at least 5 samples (validateEvery) to each collaborator", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneNameTwice_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new FederatedDataset(new("one", null, null), new("one", null, null)));

        Assert.Contains("Two collaborators are called one", refusal.Message, StringComparison.Ordinal);
    }

    private static long[] Targets(Actors.Learning.Torch.Samples samples) =>
        [.. samples.InOrder(100).SelectMany(batch => batch.Target.data<long>().ToArray())];

    [Fact]
    public void Split_ByClasses_GivesEverySampleToOne_AndSomethingToValidateToEach()
    {
        var (images, classes) = HandwrittenDigits.Load();
        using (images)
        using (classes)
        {
            using var data = FederatedDataset.Split(images, classes, "dirichlet", new(8, Alpha: 0.1));

            Assert.Equal([1797, 1, 8, 8], images.shape);
            Assert.Equal(1797, data.Collaborators.Sum(one => one.Train!.Count + one.Validation!.Count));
            Assert.All(data.Collaborators, one => Assert.True(one.Train!.Count >= 4 && one.Validation!.Count >= 1, one.Name));
            Assert.True(data.Collaborators.Select(one => one.Train!.Count).Distinct().Count() > 4);
        }
    }

    [Fact]
    public void Split_OfTargetsThatAreNoClasses_SaysWhatTheyAre()
    {
        using var inputs = TorchSharp.torch.zeros([10, 2]);
        using var targets = TorchSharp.torch.zeros([10]);

        var refusal = Assert.Throws<ArgumentException>(() => FederatedDataset.Split(inputs, targets, "random", new(2)));

        Assert.StartsWith("Targets Float32 [10] are no classes of 10 inputs: give one int64 for each.", refusal.Message, StringComparison.Ordinal);
    }
}
