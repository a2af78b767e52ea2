using System.Buffers.Binary;

namespace Actors.Learning.Plans.Tests.Unet;

/// <summary>A NIfTI-1 file, byte by byte.</summary>
internal sealed record NiftiBytes
{
    public bool BigEndian { get; init; }

    public short[] Axes { get; init; } = [3, 2, 1];

    public short Datatype { get; init; } = 2;

    public float Slope { get; init; }

    public float Intercept { get; init; }

    public float Offset { get; init; } = 352;

    /// <summary>The file with these values after it.</summary>
    public byte[] With(params byte[] values)
    {
        var bytes = new byte[352];
        Write(0, (span, big) => Int32(span, 348, big));
        Short(40, (short)Axes.Length);
        foreach (var (place, length) in Axes.Index())
        {
            Short(42 + (2 * place), length);
        }

        Short(70, Datatype);
        Write(108, (span, big) => Int32(span, BitConverter.SingleToInt32Bits(Offset), big));
        Write(112, (span, big) => Int32(span, BitConverter.SingleToInt32Bits(Slope), big));
        Write(116, (span, big) => Int32(span, BitConverter.SingleToInt32Bits(Intercept), big));
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        return [.. bytes, .. new byte[Math.Max(0, (int)Offset - 352)], .. values];

        void Short(int offset, short value) => Write(offset, (span, big) =>
        {
            if (big)
            {
                BinaryPrimitives.WriteInt16BigEndian(span, value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(span, value);
            }
        });

        void Write(int offset, Action<Span<byte>, bool> write) => write(bytes.AsSpan(offset), BigEndian);
    }

    private static void Int32(Span<byte> span, int value, bool big)
    {
        if (big)
        {
            BinaryPrimitives.WriteInt32BigEndian(span, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(span, value);
        }
    }
}
