using System.Globalization;

namespace Actors.Learning;

/// <summary>Splits one data set among collaborators that all hold a copy of it, for trying a federation out on one machine.</summary>
public static class Shards
{
    /// <summary>The samples of one shard: every <paramref name="count"/>-th, starting with the shard's own.</summary>
    /// <param name="index">The shard, from 1 to <paramref name="count"/>.</param>
    /// <param name="count">The number of shards.</param>
    /// <param name="samples">The number of samples in the whole set.</param>
    /// <returns>Indices from 0 in ascending order. All shards together have every sample once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shard is none of the shards.</exception>
    public static int[] Of(int index, int count, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, count);
        var shard = new int[(samples - index + count) / count];
        for (var i = 0; i < shard.Length; i++)
        {
            shard[i] = index - 1 + (i * count);
        }

        return shard;
    }

    /// <summary>Reads a data path that is the number of a shard.</summary>
    /// <exception cref="ArgumentException">It is no number from 1 to <paramref name="count"/>.</exception>
    public static int Parse(string dataPath, int count) =>
        int.TryParse(dataPath, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= 1 && index <= count
            ? index
            : throw new ArgumentException(
                $"The data path '{dataPath}' is no shard: write a number from 1 to {count} (collaborator_count) in plan/data.yaml.", nameof(dataPath));
}
