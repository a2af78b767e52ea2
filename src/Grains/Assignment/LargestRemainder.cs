namespace Actors.Grains.Assignment;

/// <summary>Splits a whole into parts by shares so that the parts are whole numbers and add up (Hamilton's method).</summary>
internal static class LargestRemainder
{
    /// <summary>Splits <paramref name="total"/> by <paramref name="shares"/>; equal remainders go to the earlier share.</summary>
    /// <param name="total">What is split; not negative.</param>
    /// <param name="shares">Not negative, adding up to about 1; they are normalised.</param>
    /// <exception cref="ArgumentException">The shares add up to nothing.</exception>
    public static int[] Split(int total, ReadOnlySpan<double> shares)
    {
        var sum = 0.0;
        foreach (var share in shares)
        {
            sum += share;
        }

        if (!(sum > 0))
        {
            throw new ArgumentException("The shares add up to nothing; give at least one group a percentage over 0.", nameof(shares));
        }

        var parts = new int[shares.Length];
        var remainders = new (double Remainder, int Index)[shares.Length];
        var given = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            // A hair is added so that a product such as 0.29 * 100 = 28.999999999999996 counts as the whole it stands for.
            var exact = total * (shares[i] / sum);
            parts[i] = (int)Math.Floor(exact + 1e-9);
            remainders[i] = (exact - parts[i], i);
            given += parts[i];
        }

        Array.Sort(remainders, (a, b) => a.Remainder != b.Remainder ? b.Remainder.CompareTo(a.Remainder) : a.Index.CompareTo(b.Index));
        for (var i = 0; i < total - given; i++)
        {
            parts[remainders[i % remainders.Length].Index]++;
        }

        return parts;
    }
}
