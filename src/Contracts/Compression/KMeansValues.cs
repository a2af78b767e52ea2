using System.Buffers.Binary;
using System.Numerics;

namespace Actors.Contracts.Compression;

/// <summary>
/// Each value as the nearest of a few centroids (weight sharing, Han et al., 2016, section 3), which Lloyd's algorithm finds from the quantiles
/// of the distinct values: the same values give the same centroids. Lossless where a chunk has no more distinct values than centroids. Else the
/// squared error is at most the chunk's variance times its length, and the sum of the values is kept up to rounding. ⌈log₂ k⌉ bits a value, and
/// 4 bytes a centroid. Biased in single values: made for error feedback.
/// </summary>
/// <param name="clusters">How many centroids, 2 to 256.</param>
internal sealed class KMeansValues(int clusters) : IValueCodec
{
    public int MaximumBytes(int count) => 1 + (clusters * sizeof(float)) + (((count * BitsFor(clusters)) + 7) / 8);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        var centroids = Lloyd.Centroids(values, clusters);
        var head = 1 + (centroids.Length * sizeof(float));
        destination[0] = (byte)(centroids.Length - 1);
        for (var i = 0; i < centroids.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(destination[(1 + (i * sizeof(float)))..], centroids[i]);
        }

        var indices = new BitWriter(destination[head..]);
        foreach (var value in values)
        {
            indices.Write((uint)Lloyd.Nearest(centroids, value), BitsFor(centroids.Length));
        }

        return head + indices.Finish();
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        var count = encoded.IsEmpty ? 0 : encoded[0] + 1;
        var head = 1 + (count * sizeof(float));
        EncodedLength.Require(encoded, head + (((values.Length * BitsFor(count)) + 7) / 8));
        var indices = new BitReader(encoded[head..]);
        for (var i = 0; i < values.Length; i++)
        {
            var index = (int)indices.Read(BitsFor(count));
            values[i] = index < count
                ? BinaryPrimitives.ReadSingleLittleEndian(encoded[(1 + (index * sizeof(float)))..])
                : throw new FormatException($"A value names centroid {index}, there are {count}. Send the tensors again.");
        }
    }

    private static int BitsFor(int count) => count < 2 ? 0 : BitOperations.Log2((uint)count - 1) + 1;
}
