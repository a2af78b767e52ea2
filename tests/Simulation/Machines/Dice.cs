namespace Actors.Simulation.Machines;

/// <summary>A stream of random numbers that depends on its seed alone (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A number that depends on the given ones alone; nearby ones give unrelated results.</summary>
    public static ulong Mix(ulong first, ulong second = 0, ulong third = 0)
    {
        unchecked
        {
            return Mix(Mix(Mix(first + Golden) + second + Golden) + third + Golden);
        }
    }

    /// <summary>A stream of its own for a purpose.</summary>
    public static Dice For(ulong seed, string purpose)
    {
        var hash = seed;
        foreach (var letter in purpose)
        {
            hash = Mix(hash, letter);
        }

        return new(hash);
    }

    /// <summary>A number from 0 up to, not including, 1, of 64 random bits.</summary>
    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(unchecked(_state += Golden));

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Unit() => Unit(Next());

    /// <summary>A whole number from 0 up to, not including, a bound.</summary>
    public int Below(int bound) => (int)(Unit() * bound);

    /// <summary>A time between two.</summary>
    public TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * Unit());

    /// <summary>A time between two, in milliseconds.</summary>
    public TimeSpan Milliseconds(double shortest, double longest) => TimeSpan.FromMilliseconds(shortest + ((longest - shortest) * Unit()));

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
