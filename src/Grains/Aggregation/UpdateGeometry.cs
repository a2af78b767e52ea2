namespace Actors.Grains.Aggregation;

/// <summary>
/// The updates as points around the current model: how long their changes are and, where a rule asks for it, the inner products of
/// each two. Over all floating-point tensors together, in float64.
/// </summary>
/// <param name="sampleCounts">How many samples stand behind each.</param>
/// <param name="products">Inner products: each update's with itself; with pairs, row by row those with the updates up to itself.</param>
/// <param name="hasPairs">Whether there are pairs.</param>
public sealed class UpdateGeometry(IReadOnlyList<long> sampleCounts, IReadOnlyList<double> products, bool hasPairs)
{
    /// <summary>How many updates there are; at least 1.</summary>
    public int Count => sampleCounts.Count;

    /// <summary>How many samples stand behind each.</summary>
    public IReadOnlyList<long> SampleCounts => sampleCounts;

    /// <summary>The same updates, each with the same number of samples.</summary>
    public UpdateGeometry Unweighted() => new([.. Enumerable.Repeat(1L, Count)], products, hasPairs);

    /// <summary>The length of an update's change; infinite when it is beyond float64.</summary>
    public double Norm(int update) => Root(Product(update, update));

    /// <summary>The inner product of two updates' changes.</summary>
    public double Product(int one, int other) => hasPairs
        ? products[PairIndex(Math.Max(one, other), Math.Min(one, other))]
        : one == other ? products[one] : throw new InvalidOperationException("The rule did not ask for pairs.");

    /// <summary>The squared distance of two updates; infinite when it is beyond float64.</summary>
    public double SquaredDistance(int one, int other)
    {
        var squared = Product(one, one) + Product(other, other) - (2 * Product(one, other));
        return double.IsNaN(squared) ? double.PositiveInfinity : Math.Max(squared, 0);
    }

    /// <summary>
    /// How long a change is for those that changed anything: the median, of an even number the lesser in the middle. With two it is
    /// that of the one with more samples, since neither is a majority. Zero when nobody changed anything.
    /// </summary>
    public double TypicalNorm()
    {
        var moved = Enumerable.Range(0, Count).Where(update => Norm(update) > 0).OrderBy(Norm).ToList();
        return moved switch
        {
            [] => 0,
            [var lesser, var greater] => Norm(sampleCounts[greater] > sampleCounts[lesser] ? greater : lesser),
            _ => Norm(moved[(moved.Count - 1) / 2]),
        };
    }

    /// <summary>Where a pair's product is; the first update is not before the second.</summary>
    internal static int PairIndex(int one, int other) => (one * (one + 1) / 2) + other;

    private static double Root(double squared) => double.IsNaN(squared) ? double.PositiveInfinity : Math.Sqrt(squared);
}
