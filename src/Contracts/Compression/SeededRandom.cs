namespace Actors.Contracts.Compression;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): 64 bits of state, and the same numbers on every machine and version, which
/// <see cref="Random"/> does not promise. Encoder and decoder draw the same numbers from the same seed.
/// </summary>
public struct SeededRandom
{
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    /// <summary>One of many streams of a seed; streams of different numbers do not overlap in practice.</summary>
    public SeededRandom(ulong seed, ulong stream) => _state = Mix(seed + Mix(stream + GoldenRatio));

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(_state += GoldenRatio);

    /// <summary>The next number of the 2^32 evenly spaced ones from 0 to below 1.</summary>
    public double NextUnit() => (Next() >> 32) * (1.0 / (1L << 32));

    /// <summary>Puts items into random order (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var pick = (int)Math.BigMul(Next(), (ulong)(last + 1), out _);
            (items[last], items[pick]) = (items[pick], items[last]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
