using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Actors.Contracts.Compression;

/// <summary>
/// EDEN (Vargaftik et al., ICML 2022, algorithm 1): a vector x of d values is rotated at random, R(x); after that its values are nearly normal
/// with variance ‖x‖²/d, and each is written as the nearest centroid Q of the Lloyd-Max quantiser for the normal distribution. It is read as
/// R⁻¹(S·Q) with S = ‖x‖² / ⟨R(x), Q⟩. Unbiased for a uniformly random rotation, which two randomised Hadamard transforms
/// stand in for. The expected squared error over ‖x‖² is about e / (1 − e), e being the quantiser's own: 0.571 for 1 bit, 0.133 for 2,
/// 0.0358 for 3, 0.0096 for 4.
/// b bits a value, and 4 bytes for each of the vectors, whose lengths are powers of two that add up to the number of values.
/// </summary>
/// <param name="bits">Bits a value, 1 to 8.</param>
internal sealed class EdenValues(int bits) : IValueCodec
{
    // A remainder below this many values is filled up with zeros.
    private const int SmallestVector = 64;

    public int MaximumBytes(int count)
    {
        var bytes = 0;
        for (var first = 0; first < count;)
        {
            var length = VectorLength(count - first);
            bytes += VectorBytes(length);
            first += length;
        }

        return bytes;
    }

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        var rented = ArrayPool<float>.Shared.Rent(values.Length + SmallestVector);
        try
        {
            var written = 0;
            for (var first = 0; first < values.Length;)
            {
                var vector = rented.AsSpan(0, VectorLength(values.Length - first));
                var taken = Math.Min(vector.Length, values.Length - first);
                values.Slice(first, taken).CopyTo(vector);
                vector[taken..].Clear();
                if (!Encode(vector, new(random.Next(), 0), destination.Slice(written, VectorBytes(vector.Length))))
                {
                    return -1;
                }

                written += VectorBytes(vector.Length);
                first += taken;
            }

            return written;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        var rented = ArrayPool<float>.Shared.Rent(values.Length + SmallestVector);
        try
        {
            for (var first = 0; first < values.Length;)
            {
                var vector = rented.AsSpan(0, VectorLength(values.Length - first));
                Decode(encoded[..VectorBytes(vector.Length)], vector);
                Hadamard.RotateBack(vector, new(random.Next(), 0));
                encoded = encoded[VectorBytes(vector.Length)..];

                var taken = Math.Min(vector.Length, values.Length - first);
                vector[..taken].CopyTo(values[first..]);
                first += taken;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static int VectorLength(int left) => left < SmallestVector ? SmallestVector : 1 << BitOperations.Log2((uint)left);

    private int VectorBytes(int length) => sizeof(float) + (length * bits / 8);

    private bool Encode(Span<float> vector, SeededRandom random, Span<byte> destination)
    {
        Hadamard.Rotate(vector, random);
        var squares = SumOfSquares(vector);
        var toUnitVariance = squares > 0 ? Math.Sqrt(vector.Length / squares) : 0;
        var centroids = LloydMax.PositiveCentroids(bits);
        var indices = new BitWriter(destination[sizeof(float)..]);
        var product = 0.0;
        foreach (var value in vector)
        {
            var nearest = Lloyd.Nearest(centroids, (float)(Math.Abs(value) * toUnitVariance));
            indices.Write(((uint)nearest << 1) | (value < 0 ? 1u : 0), bits);
            product += Math.Abs((double)value) * centroids[nearest];
        }

        indices.Finish();
        var scale = squares > 0 ? (float)(squares / product) : 0;
        BinaryPrimitives.WriteSingleLittleEndian(destination, scale);

        // What the decoder's sums may come to; it must stay a number.
        return (double)scale * centroids[^1] * vector.Length <= float.MaxValue;
    }

    private void Decode(ReadOnlySpan<byte> encoded, Span<float> vector)
    {
        var scale = BinaryPrimitives.ReadSingleLittleEndian(encoded);
        var centroids = LloydMax.PositiveCentroids(bits);
        var indices = new BitReader(encoded[sizeof(float)..]);
        foreach (ref var value in vector)
        {
            var index = indices.Read(bits);
            value = (index & 1) == 0 ? scale * centroids[(int)(index >> 1)] : -scale * centroids[(int)(index >> 1)];
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
