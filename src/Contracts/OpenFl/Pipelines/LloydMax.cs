using System.Collections.Concurrent;

namespace Actors.Contracts.OpenFl;

/// <summary>The levels that represent a standard normal number with the least mean squared error (Lloyd, 1982; Max, 1960).</summary>
internal static class LloydMax
{
    private const int Iterations = 4000;
    private const double Beyond = 9; // What lies further out has a weight of 10⁻¹⁹.
    private const double Piece = 0.5;

    // Gauss-Legendre with five points on -1 to 1.
    private static readonly (double At, double Weight)[] Points =
    [
        (-0.906179845938664, 0.236926885056189), (-0.538469310105683, 0.478628670499366), (0, 0.568888888888889),
        (0.538469310105683, 0.478628670499366), (0.906179845938664, 0.236926885056189),
    ];

    private static readonly ConcurrentDictionary<int, float[]> Known = new();

    /// <summary>The 2ᵇ levels, lowest first.</summary>
    /// <param name="bits">b, from 1 to 8.</param>
    public static float[] Levels(int bits) => Known.GetOrAdd(bits, Make);

    // The upper half; the lower is its mirror image. Each level is the mean of its cell, each border the middle of two levels.
    private static float[] Make(int bits)
    {
        var half = 1 << (bits - 1);
        var levels = new double[half];
        for (var i = 0; i < half; i++)
        {
            levels[i] = Math.Sqrt(3) * Quantile((half + i + 0.5) / (2 * half)); // What many levels come to (Panter and Dite, 1951).
        }

        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var lower = 0.0;
            for (var i = 0; i < half; i++)
            {
                var upper = i + 1 < half ? (levels[i] + levels[i + 1]) / 2 : Beyond;
                levels[i] = Mean(lower, upper);
                lower = upper;
            }
        }

        return [.. levels.Reverse().Select(level => (float)-level), .. levels.Select(level => (float)level)];
    }

    private static double Mean(double lower, double upper)
    {
        var (mass, moment) = (0.0, 0.0);
        var pieces = Math.Max(1, (int)Math.Ceiling((upper - lower) / Piece));
        var radius = (upper - lower) / pieces / 2;
        for (var piece = 0; piece < pieces; piece++)
        {
            var centre = lower + (((2 * piece) + 1) * radius);
            foreach (var (at, weight) in Points)
            {
                var x = centre + (at * radius);
                var density = weight * Math.Exp(-x * x / 2);
                mass += density;
                moment += density * x;
            }
        }

        return moment / mass;
    }

    // By Winitzki's inverse of the error function: good to 0.2 %, which is enough to begin with.
    private static double Quantile(double probability)
    {
        const double A = 0.147;
        var x = (2 * probability) - 1;
        var log = Math.Log(1 - (x * x));
        var first = (2 / (Math.PI * A)) + (log / 2);
        return Math.Sqrt(2) * Math.Sqrt(Math.Sqrt((first * first) - (log / A)) - first);
    }
}
