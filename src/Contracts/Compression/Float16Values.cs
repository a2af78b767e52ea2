namespace Actors.Contracts.Compression;

/// <summary>
/// IEEE 754 binary16, rounded to nearest, ties to even: 2 bytes an element. Relative error at most 2^-11, and at most 2^-25 below the
/// smallest normal number, 2^-14. Values that would round to infinity, from 65,520 on, are out of range.
/// </summary>
internal sealed class Float16Values : IValueCodec
{
    public int MaximumBytes(int count) => count * sizeof(ushort);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        var bytes = MaximumBytes(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var half = (Half)values[i];
            if (!Half.IsFinite(half))
            {
                return -1;
            }

            var bits = BitConverter.HalfToUInt16Bits(half);
            (destination[i], destination[values.Length + i]) = ((byte)bits, (byte)(bits >> 8));
        }

        return bytes;
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)BitConverter.UInt16BitsToHalf((ushort)(encoded[i] | (encoded[values.Length + i] << 8)));
        }
    }
}
