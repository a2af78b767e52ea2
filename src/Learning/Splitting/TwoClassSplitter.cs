namespace Actors.Learning.Splitting;

/// <summary>
/// The samples sorted by class and cut into two equal pieces for each shard, of which each draws two (McMahan et al. 2017, section 3, the
/// pathological non-IID partition): most shards have samples of two classes only. With classes smaller than a piece it may be more.
/// </summary>
internal sealed class TwoClassSplitter : ISplitter
{
    private const int Pieces = 2;

    public string Name => "two_class";

    public int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings)
    {
        settings.Require(labels.Length);
        var random = new Draws(settings.Seed);
        var classOf = labels.ToArray();

        // Sorting keeps the shuffled order within a class: which of its samples lie in a piece is random as well.
        int[] sorted = [.. random.Shuffled(labels.Length).OrderBy(sample => classOf[sample])];
        var pieces = settings.Count * Pieces;
        var shards = new ShardLists(settings.Count);
        foreach (var (piece, place) in random.Shuffled(pieces).Select((piece, place) => (piece, place)))
        {
            var (start, end) = ((int)((long)sorted.Length * piece / pieces), (int)((long)sorted.Length * (piece + 1) / pieces));
            shards.Add(place / Pieces, sorted.AsSpan(start, end - start));
        }

        return shards.ToShards(settings.Minimum);
    }
}
