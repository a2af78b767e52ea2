namespace Actors.Grains.Aggregation;

/// <summary>Weights by sample count.</summary>
internal static class Shares
{
    /// <summary>Each one's share of all samples.</summary>
    public static double[] Of(IEnumerable<long> sampleCounts)
    {
        var counts = sampleCounts.ToList();
        var total = counts.Sum(count => (double)count);
        return [.. counts.Select(count => count / total)];
    }

    /// <summary>Each one's share of the samples of those that are kept; 0 for the others.</summary>
    public static double[] OfKept(IReadOnlyList<long> sampleCounts, Func<int, bool> isKept)
    {
        var kept = Enumerable.Range(0, sampleCounts.Count).Where(isKept).ToList();
        var shares = new double[sampleCounts.Count];
        foreach (var (update, share) in kept.Zip(Of(kept.Select(update => sampleCounts[update]))))
        {
            shares[update] = share;
        }

        return shares;
    }
}
