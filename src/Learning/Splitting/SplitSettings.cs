namespace Actors.Learning.Splitting;

/// <summary>How a data set is cut into shards.</summary>
/// <param name="Count">The number of shards; at least 1.</param>
/// <param name="Seed">What everything random is drawn from. Default: 0.</param>
/// <param name="Alpha">The Dirichlet distribution's concentration, above 0; the smaller, the fewer classes a shard has. Default: 0.5.</param>
/// <param name="Sigma">The standard deviation of the logarithm of a shard's size, not negative; 0 makes all equal. Default: 1.</param>
/// <param name="Minimum">The fewest samples of a shard, at least 1. One that drew fewer gets some of the largest's. Default: 1.</param>
public sealed record SplitSettings(int Count, long Seed = 0, double Alpha = 0.5, double Sigma = 1, int Minimum = 1)
{
    /// <summary>Refuses what cannot be cut.</summary>
    /// <param name="samples">The number of samples in the whole set.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the samples are too few.</exception>
    internal void Require(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Minimum, 1);
        if (!(Alpha > 0) || !double.IsFinite(Alpha))
        {
            throw new ArgumentException($"alpha: {Alpha} is no concentration; write a number above 0.");
        }

        if (!(Sigma >= 0) || !double.IsFinite(Sigma))
        {
            throw new ArgumentException($"sigma: {Sigma} is no standard deviation; write 0 or more.");
        }

        if (samples < (long)Count * Minimum)
        {
            throw new ArgumentException($"{samples} samples are too few for {Count} shards of at least {Minimum}; make fewer shards.");
        }
    }
}
