using System.Numerics;
using System.Runtime.InteropServices;

namespace Actors.Contracts.Compression;

/// <summary>
/// A random rotation that takes d log d steps: signs drawn at random, then the Walsh-Hadamard transform, both twice
/// (Ailon and Chazelle, 2009). Two rounds come close to a uniformly random rotation where one does not, as for sparse vectors.
/// </summary>
internal static class Hadamard
{
    /// <summary>Rotates in place.</summary>
    /// <param name="vector">Its length d is a power of two.</param>
    /// <param name="random">Where the signs come from.</param>
    public static void Rotate(Span<float> vector, SeededRandom random)
    {
        Span<ulong> signs = stackalloc ulong[2 * Words(vector.Length)];
        Draw(signs, random);
        Flip(vector, signs[..(signs.Length / 2)]);
        Transform(vector);
        Scale(vector);
        Flip(vector, signs[(signs.Length / 2)..]);
        Transform(vector);
    }

    /// <summary>Rotates back.</summary>
    /// <inheritdoc cref="Rotate"/>
    public static void RotateBack(Span<float> vector, SeededRandom random)
    {
        Span<ulong> signs = stackalloc ulong[2 * Words(vector.Length)];
        Draw(signs, random);
        Transform(vector);
        Scale(vector);
        Flip(vector, signs[(signs.Length / 2)..]);
        Transform(vector);
        Flip(vector, signs[..(signs.Length / 2)]);
    }

    private static int Words(int length) => (length + 63) / 64;

    private static void Draw(Span<ulong> signs, SeededRandom random)
    {
        foreach (ref var word in signs)
        {
            word = random.Next();
        }
    }

    private static void Flip(Span<float> vector, ReadOnlySpan<ulong> signs)
    {
        var bits = MemoryMarshal.Cast<float, uint>(vector);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] ^= (uint)(signs[i >> 6] >> (i & 63)) << 31;
        }
    }

    // Two transforms make a vector d times as long, d being a power of two: this division is exact.
    private static void Scale(Span<float> vector)
    {
        var factor = 1f / vector.Length;
        foreach (ref var value in vector)
        {
            value *= factor;
        }
    }

    /// <summary>The Walsh-Hadamard transform in place, not scaled.</summary>
    /// <param name="vector">Its length is a power of two.</param>
    public static void Transform(Span<float> vector)
    {
        for (var half = 1; half < vector.Length; half *= 2)
        {
            for (var first = 0; first < vector.Length; first += 2 * half)
            {
                Butterflies(vector.Slice(first, half), vector.Slice(first + half, half));
            }
        }
    }

    private static void Butterflies(Span<float> upper, Span<float> lower)
    {
        var uppers = MemoryMarshal.Cast<float, Vector<float>>(upper);
        var lowers = MemoryMarshal.Cast<float, Vector<float>>(lower);
        for (var i = 0; i < uppers.Length; i++)
        {
            (uppers[i], lowers[i]) = (uppers[i] + lowers[i], uppers[i] - lowers[i]);
        }

        for (var i = uppers.Length * Vector<float>.Count; i < upper.Length; i++)
        {
            (upper[i], lower[i]) = (upper[i] + lower[i], upper[i] - lower[i]);
        }
    }
}
