namespace Actors.Learning.Splitting;

/// <summary>The shuffled samples, cut at places drawn uniformly: each shard is a random sample of the whole, and sizes are anything.</summary>
internal sealed class RandomSplitter : ISplitter
{
    public string Name => "random";

    public int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings)
    {
        settings.Require(labels.Length);
        var random = new Draws(settings.Seed);
        var shuffled = random.Shuffled(labels.Length);
        var cuts = new double[settings.Count - 1];
        for (var i = 0; i < cuts.Length; i++)
        {
            cuts[i] = random.Unit();
        }

        Array.Sort(cuts);
        double[] ends = [.. cuts, 1];
        return new ShardLists(settings.Count).Deal(shuffled, ends).ToShards(settings.Minimum);
    }
}
