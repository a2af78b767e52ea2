namespace Actors.Learning.Splitting;

/// <summary>
/// Cuts a second set, such as the one to validate on, as the first one was cut: of each class a shard gets the part that it has of that class
/// in the first set. A class that the first set lacks is shared out equally.
/// </summary>
public static class Following
{
    /// <summary>Cuts the set.</summary>
    /// <param name="labels">The classes of the second set's samples.</param>
    /// <param name="shards">The first set's shards.</param>
    /// <param name="firstLabels">The classes of the first set's samples.</param>
    /// <param name="minimum">The fewest samples of a shard, at least 1. One that got fewer gets some of the largest's.</param>
    /// <returns>The second set's shards, indices from 0 in ascending order. All shards together have every sample once.</returns>
    /// <exception cref="ArgumentException">The samples are too few for the shards.</exception>
    public static int[][] Split(ReadOnlySpan<long> labels, int[][] shards, ReadOnlySpan<long> firstLabels, int minimum = 1)
    {
        ArgumentNullException.ThrowIfNull(shards);
        new SplitSettings(shards.Length, Minimum: minimum).Require(labels.Length);
        var (classOf, firstClassOf) = (labels.ToArray(), firstLabels.ToArray());
        var parts = new ShardLists(shards.Length);
        foreach (var members in Enumerable.Range(0, labels.Length).GroupBy(sample => classOf[sample]).OrderBy(group => group.Key))
        {
            parts.Deal([.. members], Ends([.. shards.Select(shard => shard.Count(sample => firstClassOf[sample] == members.Key))]));
        }

        return parts.ToShards(minimum);
    }

    private static double[] Ends(int[] counts)
    {
        var all = (double)counts.Sum();
        var sum = 0.0;
        return [.. counts.Select((count, shard) => all == 0 ? (shard + 1.0) / counts.Length : (sum += count) / all)];
    }
}
