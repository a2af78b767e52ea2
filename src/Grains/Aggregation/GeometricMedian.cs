using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The geometric median of whole models, the z with the least Σ wₖ ‖z − yₖ‖, by the smoothed Weiszfeld algorithm (RFA, Pillutla et al.
/// 2022, Algorithm 2): from the weighted mean on, z ← Σ βₖ yₖ / Σ βₖ with βₖ = wₖ / max(ν, ‖z − yₖ‖). Holds out against updates with
/// less than half of all samples. The iterations need only the inner products of the updates: one pass over the models, however many.
/// </summary>
internal sealed class GeometricMedian : WeighingRule
{
    /// <summary>The plan's setting: the smoothing ν, the least distance that counts, above 0.</summary>
    public const string Smoothing = "smoothing";

    /// <summary>The plan's setting: the most iterations; at least 1.</summary>
    public const string Iterations = "maximum_iterations";

    /// <summary>The plan's setting: iterations end when the sum of distances falls by less than this part of it.</summary>
    public const string Tolerance = "tolerance";

    private const double DefaultSmoothing = 1e-6;
    private const double DefaultIterations = 100;
    private const double DefaultTolerance = 1e-10;

    public override string Name => "geometric_median";

    public override bool NeedsPairs => true;

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry)
    {
        var shares = Shares.OfKept(geometry.SampleCounts, update => double.IsFinite(geometry.Norm(update)));
        if (!shares.Any(share => share > 0))
        {
            return new(shares, 1);
        }

        var (smoothing, tolerance) = (choice.Number(Smoothing, DefaultSmoothing), choice.Number(Tolerance, DefaultTolerance));
        var (weights, before) = (shares, double.PositiveInfinity);
        for (var iteration = choice.Number(Iterations, DefaultIterations); iteration > 0; iteration--)
        {
            var distances = Distances(geometry, weights);
            var sum = shares.Zip(distances, (share, distance) => share > 0 ? share * distance : 0).Sum();
            if (before - sum <= tolerance * sum)
            {
                break;
            }

            before = sum;
            weights = Normalised([.. shares.Zip(distances, (share, distance) => share > 0 ? share / Math.Max(smoothing, distance) : 0)]);
        }

        return new(weights);
    }

    // ‖Σ βⱼ dⱼ − dₖ‖² = β'Gβ − 2 (Gβ)ₖ + Gₖₖ, with the inner products G.
    private static double[] Distances(UpdateGeometry geometry, double[] weights)
    {
        var counted = Enumerable.Range(0, geometry.Count).Where(update => weights[update] > 0).ToList();
        var along = counted.Select(update => counted.Sum(other => weights[other] * geometry.Product(update, other))).ToList();
        var squared = counted.Zip(along, (update, product) => weights[update] * product).Sum();
        var distances = new double[geometry.Count];
        foreach (var (update, product) in counted.Zip(along))
        {
            distances[update] = Math.Sqrt(Math.Max(squared - (2 * product) + geometry.Product(update, update), 0));
        }

        return distances;
    }

    private static double[] Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
