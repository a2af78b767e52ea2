namespace Actors.Benchmarks.Learning;

/// <summary>What several trainings, which differ in their seed alone, have in common.</summary>
/// <param name="Means">The mean after each round.</param>
/// <param name="Deviations">The standard deviation of a single one after each round, from n − 1; 0 for one training.</param>
internal sealed record SeedStatistics(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <summary>Takes curves of one length.</summary>
    public static SeedStatistics Of(IReadOnlyList<IReadOnlyList<double>> curves)
    {
        List<double> means = [.. Enumerable.Range(0, curves[0].Count).Select(round => curves.Average(curve => curve[round]))];
        return new(means, [.. means.Select((mean, round) => curves.Count < 2
            ? 0
            : Math.Sqrt(curves.Sum(curve => Math.Pow(curve[round] - mean, 2)) / (curves.Count - 1)))]);
    }
}
