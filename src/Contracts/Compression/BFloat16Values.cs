using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression;

/// <summary>
/// The upper half of binary32 (bfloat16), rounded to nearest, ties to even: 2 bytes an element, the range of binary32 and a relative error of
/// at most 2^-8 for normal numbers. Values that would round to infinity are out of range.
/// </summary>
internal sealed class BFloat16Values : IValueCodec
{
    private const uint Infinity = 0x7F80;

    public int MaximumBytes(int count) => count * sizeof(ushort);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var rounded = BFloat16.Nearest(values[i]);
            if ((rounded & Infinity) == Infinity)
            {
                return -1;
            }

            (destination[i], destination[values.Length + i]) = ((byte)rounded, (byte)(rounded >> 8));
        }

        return MaximumBytes(values.Length);
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BFloat16.ToSingle((ushort)(encoded[i] | (encoded[values.Length + i] << 8)));
        }
    }
}
