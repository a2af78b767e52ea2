using Actors.Contracts.Compression;

namespace Actors.Learning.Splitting;

/// <summary>What splitters draw, the same from the same seed on every machine.</summary>
internal sealed class Draws(long seed)
{
    private SeededRandom _random = new(unchecked((ulong)seed), stream: 0);

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => _random.NextUnit();

    /// <summary>The numbers from 0 to below a count, in random order (Fisher-Yates).</summary>
    public int[] Shuffled(int count)
    {
        int[] shuffled = [.. Enumerable.Range(0, count)];
        _random.Shuffle<int>(shuffled);
        return shuffled;
    }

    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>The logarithm of a gamma number of scale 1 (Marsaglia and Tsang, 2000).</summary>
    /// <param name="shape">Above 0. Below 1 it is drawn for one more, and multiplied by a uniform number's power of 1 / shape.</param>
    public double LogGamma(double shape)
    {
        if (shape < 1)
        {
            return LogGamma(shape + 1) + (Math.Log(1 - Unit()) / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var root = 1 + (c * x);
            var v = root * root * root;
            if (root > 0 && Math.Log(1 - Unit()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d) + Math.Log(v);
            }
        }
    }

    /// <summary>The running sums of weights, over the sum of all.</summary>
    /// <param name="logarithms">The weights' logarithms; at least one.</param>
    public static double[] CumulativeShares(ReadOnlySpan<double> logarithms)
    {
        var largest = double.NegativeInfinity;
        foreach (var logarithm in logarithms)
        {
            largest = Math.Max(largest, logarithm);
        }

        var sums = new double[logarithms.Length];
        var sum = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += Math.Exp(logarithms[i] - largest);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] /= sum;
        }

        return sums;
    }
}
