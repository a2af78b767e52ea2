namespace Actors.Benchmarks.Learning;

/// <summary>How many rounds a training takes to a target, as McMahan et al. 2017 count them.</summary>
internal static class RoundsToTarget
{
    /// <summary>
    /// Where the best accuracy so far crosses the target, on the line between the two rounds around it; an untrained model's accuracy is
    /// taken as 0.1, that of ten classes. Null when it does not.
    /// </summary>
    /// <param name="accuracies">After each round.</param>
    /// <param name="target">From 0 to 1.</param>
    public static double? Of(IReadOnlyList<double> accuracies, double target)
    {
        var before = 0.1;
        foreach (var (round, accuracy) in accuracies.Index())
        {
            if (accuracy >= target)
            {
                return round + ((target - before) / (accuracy - before));
            }

            before = Math.Max(before, accuracy);
        }

        return null;
    }

    /// <summary>Spearman's rank correlation of two rankings, with the mean rank for equal values. From −1 to 1.</summary>
    public static double RankCorrelation(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (x, y) = (Ranks(one), Ranks(other));
        var mean = (one.Count - 1) / 2.0;
        var products = x.Zip(y, (a, b) => (a - mean) * (b - mean)).Sum();
        return products / Math.Sqrt(x.Sum(a => (a - mean) * (a - mean)) * y.Sum(b => (b - mean) * (b - mean)));
    }

    private static List<double> Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) - 1) / 2.0))];
}
