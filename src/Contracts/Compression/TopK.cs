using System.Runtime.InteropServices;

namespace Actors.Contracts.Compression;

/// <summary>
/// The elements of largest magnitude (Aji and Heafield, 2017; its error feedback: Stich et al., 2018). Of n elements k = ⌈fraction · n⌉ are
/// kept, those that are zero not counted in; of equal ones at the border, the first. The squared error is at most (1 − k/n) · ‖x‖².
/// </summary>
internal static class TopK
{
    private const uint Magnitude = 0x7FFF_FFFF;
    private const int DigitValues = 1 << 11;

    /// <summary>Marks the kept ones.</summary>
    /// <param name="values">The elements; finite.</param>
    /// <param name="fraction">Above 0 to 1.</param>
    /// <param name="positions">Is given their positions, rising; as long as <paramref name="values"/>.</param>
    /// <returns>How many are kept.</returns>
    public static int Select(ReadOnlySpan<float> values, double fraction, Span<int> positions)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var wanted = Math.Min((int)Math.Ceiling(fraction * values.Length), NonZero(bits));
        if (wanted == 0)
        {
            return 0;
        }

        var (threshold, atThreshold) = KthLargest(bits, wanted);
        var kept = 0;
        for (var i = 0; kept < wanted; i++)
        {
            var magnitude = bits[i] & Magnitude;
            if (magnitude > threshold || (magnitude == threshold && atThreshold-- > 0))
            {
                positions[kept++] = i;
            }
        }

        return kept;
    }

    private static int NonZero(ReadOnlySpan<uint> bits)
    {
        var count = 0;
        foreach (var value in bits)
        {
            count += (value & Magnitude) == 0 ? 0 : 1;
        }

        return count;
    }

    // Digit by digit from the highest; the magnitudes of floats are ordered as their bits are. Also how many of its equals are wanted.
    private static (uint Threshold, int AtThreshold) KthLargest(ReadOnlySpan<uint> bits, int wanted)
    {
        Span<int> counts = stackalloc int[DigitValues];
        var (prefix, known) = (0u, 0u);
        foreach (var shift in (ReadOnlySpan<int>)[20, 9, 0])
        {
            counts.Clear();
            foreach (var value in bits)
            {
                if ((value & known) == prefix)
                {
                    counts[(int)((value & Magnitude & ~known) >> shift)]++;
                }
            }

            var digit = DigitValues - 1;
            for (; counts[digit] < wanted; digit--)
            {
                wanted -= counts[digit];
            }

            prefix |= (uint)digit << shift;
            known = Magnitude & ~((1u << shift) - 1);
        }

        return (prefix, wanted);
    }
}
