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
}
