namespace Actors.Learning.Splitting.Tests;

public class FollowingTests
{
    // Of class 0 the first shard has three of four samples, of class 1 none; class 2 is new.
    [Fact]
    public void Split_GivesOfEachClassThePartOfTheFirstSet() => Assert.Equal(
        [[0, 2, 4, 8], [1, 3, 5, 6, 7, 9]],
        Following.Split([0, 1, 0, 1, 0, 1, 0, 1, 2, 2], [[0, 1, 2], [3, 4, 5]], [0, 0, 0, 0, 1, 1]));

    [Fact]
    public void Split_AShardThatGotNothing_TakesFromTheLargest() =>
        Assert.Equal([[0, 1], [2]], Following.Split([0, 0, 0], [[0, 1], [2]], [0, 0, 1]));

    [Fact]
    public void Split_TooFewSamples_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Following.Split([0], [[0], [1]], [0, 0]));

    [Theory]
    [InlineData("equal")]
    [InlineData("dirichlet")]
    [InlineData("two_class")]
    public void Split_OfTheSameSet_HasTheSameMixtures(string name)
    {
        long[] labels = [.. Enumerable.Range(0, 1000).Select(sample => (long)(sample % 10))];
        var shards = Splitters.Find(name).Split(labels, new(5, Seed: 2, Alpha: 0.3));
        var followed = Following.Split(labels, shards, labels);
        for (var shard = 0; shard < shards.Length; shard++)
        {
            Assert.Equal(Counts(shards[shard]), Counts(followed[shard]));
        }

        int[] Counts(int[] shard) => [.. Enumerable.Range(0, 10).Select(label => shard.Count(sample => labels[sample] == label))];
    }
}
