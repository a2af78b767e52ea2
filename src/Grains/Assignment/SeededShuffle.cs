namespace Actors.Grains.Assignment;

/// <summary>
/// A Fisher-Yates shuffle whose order depends on nothing but its seeds: not on the runtime's own random numbers, whose sequence
/// may change between versions.
/// </summary>
internal static class SeededShuffle
{
    /// <summary>A shuffled copy.</summary>
    /// <param name="items">What to shuffle; untouched.</param>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="stream">Which of the seed's shuffles, such as the round's number.</param>
    public static T[] Of<T>(IReadOnlyList<T> items, long seed, int stream)
    {
        var shuffled = items.ToArray();
        var state = Mix(unchecked((ulong)seed) ^ Mix((ulong)stream));
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            state = unchecked(state + Golden);
            var pick = (int)Math.BigMul(Mix(state), (ulong)(last + 1), out _);
            (shuffled[last], shuffled[pick]) = (shuffled[pick], shuffled[last]);
        }

        return shuffled;
    }

    // SplitMix64 (Steele, Lea and Flood, 2014).
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
