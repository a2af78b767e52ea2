namespace Actors.Learning.Tests;

public sealed class ShardsTests
{
    [Theory]
    [InlineData(1, 2, 5, new[] { 0, 2, 4 })]
    [InlineData(2, 2, 5, new[] { 1, 3 })]
    [InlineData(3, 3, 2, new int[0])]
    [InlineData(1, 1, 3, new[] { 0, 1, 2 })]
    [InlineData(1, 4, 0, new int[0])]
    public void Of_TakesEveryCountthSample_FromItsOwn(int index, int count, int samples, int[] expected) =>
        Assert.Equal(expected, Shards.Of(index, count, samples));

    [Fact]
    public void Of_AllShards_HaveEverySampleOnce() =>
        Assert.Equal(Enumerable.Range(0, 101), Enumerable.Range(1, 7).SelectMany(index => Shards.Of(index, 7, 101)).Order());

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("two")]
    [InlineData("data/mine")]
    public void Parse_OfWhatIsNoShard_SaysWhatToWrite(string dataPath)
    {
        var problem = Assert.Throws<ArgumentException>(() => Shards.Parse(dataPath, 2));

        Assert.StartsWith(
            $"The data path '{dataPath}' is no shard: write a number from 1 to 2 (collaborator_count) in plan/data.yaml.", problem.Message);
    }

    [Fact]
    public void Parse_OfAShard_IsItsNumber() => Assert.Equal(2, Shards.Parse("2", 2));
}
