using System.Buffers.Binary;

namespace Actors.Contracts.Compression;

/// <summary>
/// Stochastic uniform quantisation (QSGD, Alistarh et al., 2017, section 3.1, with the buckets of section 3.3 and the maximum norm).
/// With L levels on each side, 127 for 8 bits and 7 for 4, a bucket of <see cref="BucketElements"/> values is written as its scale
/// s = max|x| / L and the integers q = ⌊x / s + u⌋, u uniform in [0, 1), and read as s·q. Unbiased: E[s·q] = x. The error of one value is
/// less than s, its variance at most s²/4. 1 or 0.5 bytes an element, and 4 a bucket.
/// </summary>
/// <param name="bits">8 or 4.</param>
internal sealed class QuantizedValues(int bits) : IValueCodec
{
    /// <summary>How many values share a scale.</summary>
    public const int BucketElements = 512;

    private readonly int _levels = (1 << (bits - 1)) - 1;

    public int MaximumBytes(int count) => ScaleBytes(count) + (((count * bits) + 7) / 8);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        var integers = new BitWriter(destination[ScaleBytes(values.Length)..]);
        for (var first = 0; first < values.Length; first += BucketElements)
        {
            var bucket = values.Slice(first, Math.Min(BucketElements, values.Length - first));
            var scale = ScaleOf(bucket);
            if (!float.IsFinite(scale * _levels))
            {
                return -1;
            }

            BinaryPrimitives.WriteSingleLittleEndian(destination[(first / BucketElements * sizeof(float))..], scale);
            foreach (var value in bucket)
            {
                var level = scale == 0 ? 0 : (int)Math.Floor((value / (double)scale) + random.NextUnit());
                integers.Write((uint)(Math.Clamp(level, -_levels, _levels) + _levels), bits);
            }
        }

        return ScaleBytes(values.Length) + integers.Finish();
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        var integers = new BitReader(encoded[ScaleBytes(values.Length)..]);
        for (var i = 0; i < values.Length; i++)
        {
            var scale = BinaryPrimitives.ReadSingleLittleEndian(encoded[(i / BucketElements * sizeof(float))..]);
            values[i] = scale * ((int)integers.Read(bits) - _levels);
        }
    }

    private static int ScaleBytes(int count) => (count + BucketElements - 1) / BucketElements * sizeof(float);

    // Rounded up, so that the largest value is within the levels.
    private float ScaleOf(ReadOnlySpan<float> bucket)
    {
        var largest = 0f;
        foreach (var value in bucket)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var scale = largest / _levels;
        return (double)scale * _levels < largest ? MathF.BitIncrement(scale) : scale;
    }
}
