using System.Runtime.InteropServices;

namespace Actors.Contracts.Compression;

/// <summary>The values as they are, in <see cref="BytePlanes"/>: no error, 4 bytes an element before a byte compressor.</summary>
internal sealed class Float32Values : IValueCodec
{
    public int MaximumBytes(int count) => count * sizeof(float);

    public int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination)
    {
        BytePlanes.Split(MemoryMarshal.AsBytes(values), sizeof(float), destination);
        return MaximumBytes(values.Length);
    }

    public void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values)
    {
        EncodedLength.Require(encoded, MaximumBytes(values.Length));
        BytePlanes.Join(encoded, sizeof(float), MemoryMarshal.AsBytes(values));
    }
}
