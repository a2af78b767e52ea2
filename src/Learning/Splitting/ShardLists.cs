namespace Actors.Learning.Splitting;

/// <summary>Shards while they are filled.</summary>
internal sealed class ShardLists(int count)
{
    private readonly List<int>[] _shards = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];

    /// <summary>Gives samples to one shard.</summary>
    public void Add(int shard, ReadOnlySpan<int> samples) => _shards[shard].AddRange(samples);

    /// <summary>Gives samples to all shards, in order.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="ends">Where each shard's part ends, as a fraction of all; ascending, the last one 1.</param>
    public ShardLists Deal(ReadOnlySpan<int> samples, ReadOnlySpan<double> ends)
    {
        var start = 0;
        for (var shard = 0; shard < ends.Length; shard++)
        {
            var end = shard == ends.Length - 1 ? samples.Length : (int)Math.Round(ends[shard] * samples.Length);
            Add(shard, samples[start..end]);
            start = end;
        }

        return this;
    }

    /// <summary>The shards, ascending. One that is too small takes from the largest of the moment, the first of several.</summary>
    /// <param name="minimum">The fewest samples of a shard; there are enough for all.</param>
    public int[][] ToShards(int minimum)
    {
        foreach (var shard in _shards)
        {
            while (shard.Count < minimum)
            {
                var largest = _shards.MaxBy(other => other.Count)!;
                shard.Add(largest[^1]);
                largest.RemoveAt(largest.Count - 1);
            }
        }

        return [.. _shards.Select(shard => shard.Order().ToArray())];
    }
}
