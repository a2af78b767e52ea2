using System.Buffers.Binary;

namespace Actors.Contracts.Compression;

/// <summary>
/// Each value as its sign times one magnitude, the mean of |x| over the values written (Sattler et al., 2019, equations 10 to 12). Behind
/// top-k the others are zero, which makes three values: sparse ternary compression. 1 bit a value, and 4 bytes a chunk. Biased: made for
/// error feedback. The magnitude is the mean over the values that are kept, so that nothing shrinks by the sparsity.
/// </summary>
internal sealed class TernaryValues : IValueCodec
{
    public int MaximumBytes(int count) => sizeof(float) + ((count + 7) / 8);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        var sum = 0.0;
        var signs = new BitWriter(destination[sizeof(float)..]);
        foreach (var value in values)
        {
            sum += Math.Abs(value);
            signs.Write(value < 0 ? 1u : 0, 1);
        }

        BinaryPrimitives.WriteSingleLittleEndian(destination, (float)(sum / values.Length));
        return sizeof(float) + signs.Finish();
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        var magnitude = BinaryPrimitives.ReadSingleLittleEndian(encoded);
        var signs = new BitReader(encoded[sizeof(float)..]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = signs.Read(1) == 0 ? magnitude : -magnitude;
        }
    }
}
