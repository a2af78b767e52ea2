namespace Actors.Contracts.Compression;

/// <summary>Lloyd's algorithm (1982) for numbers on a line, where a cluster is a range of the sorted numbers.</summary>
internal static class Lloyd
{
    // It settles after some ten; every further iteration makes the squared error no larger.
    private const int MostIterations = 50;

    /// <summary>At most <paramref name="clusters"/> centroids, rising.</summary>
    public static float[] Centroids(ReadOnlySpan<float> values, int clusters)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var sums = new double[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
        {
            sums[i + 1] = sums[i] + sorted[i];
        }

        var centroids = Quantiles(sorted, clusters);
        var starts = new int[centroids.Length + 1];
        for (var iteration = 0; iteration < MostIterations && Move(sorted, sums, centroids, starts); iteration++)
        {
        }

        return [.. centroids.Distinct()];
    }

    /// <summary>The index of the centroid nearest to a value; of two equally near ones, the upper.</summary>
    public static int Nearest(ReadOnlySpan<float> centroids, float value)
    {
        var (low, high) = (0, centroids.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = value < Boundary(centroids, middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static float[] Quantiles(float[] sorted, int clusters)
    {
        float[] distinct = [.. sorted.Distinct()];
        return distinct.Length <= clusters
            ? distinct
            : [.. Enumerable.Range(0, clusters).Select(i => distinct[((2 * i) + 1) * distinct.Length / (2 * clusters)])];
    }

    private static double Boundary(ReadOnlySpan<float> centroids, int below) => ((double)centroids[below] + centroids[below + 1]) / 2;

    // Each centroid to the mean of the numbers that are nearest to it; whether any range changed.
    private static bool Move(float[] sorted, double[] sums, float[] centroids, int[] starts)
    {
        var changed = false;
        for (var i = 1; i <= centroids.Length; i++)
        {
            var start = i == centroids.Length ? sorted.Length : FirstFrom(sorted, Boundary(centroids, i - 1));
            changed |= starts[i] != start;
            starts[i] = start;
        }

        for (var i = 0; i < centroids.Length; i++)
        {
            if (starts[i] < starts[i + 1])
            {
                var mean = (float)((sums[starts[i + 1]] - sums[starts[i]]) / (starts[i + 1] - starts[i]));
                centroids[i] = Math.Clamp(mean, sorted[starts[i]], sorted[starts[i + 1] - 1]);
            }
        }

        return changed;
    }

    private static int FirstFrom(float[] sorted, double bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < bound ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
