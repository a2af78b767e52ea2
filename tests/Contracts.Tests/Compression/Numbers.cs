namespace Actors.Contracts.Compression.Tests;

/// <summary>Numbers as a model's updates are: normal, most of them small. The same for the same seed.</summary>
internal static class Numbers
{
    public static float[] Normal(int count, int seed = 1, double deviation = 0.01)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    public static double SquaredNorm(IEnumerable<float> values) => values.Sum(value => (double)value * value);

    /// <summary>‖x − y‖² / ‖x‖².</summary>
    public static double RelativeSquaredError(IReadOnlyList<float> values, IReadOnlyList<float> read) =>
        SquaredNorm(values.Zip(read, (value, other) => value - other)) / SquaredNorm(values);

    /// <summary>Whether two runs of numbers have the same bits.</summary>
    public static bool AreSame(ReadOnlySpan<float> values, ReadOnlySpan<float> others) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(others));
}
