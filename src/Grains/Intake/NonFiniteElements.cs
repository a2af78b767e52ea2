using System.Numerics;
using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Intake;

/// <summary>Tells NaN and infinity by their exponent: all its bits are set.</summary>
internal static class NonFiniteElements
{
    /// <summary>The index of the first element that is not finite; -1 when all are. The type is a floating-point one.</summary>
    public static int IndexOfFirst(ElementType type, ReadOnlySpan<byte> block) => type switch
    {
        ElementType.Float32 => IndexOfFirst<uint>(block, 0x7F80_0000),
        ElementType.Float64 => IndexOfFirst<ulong>(block, 0x7FF0_0000_0000_0000),
        ElementType.Float16 => IndexOfFirst<ushort>(block, 0x7C00),
        ElementType.BFloat16 => IndexOfFirst<ushort>(block, 0x7F80),
        _ => -1,
    };

    /// <summary>An element's value.</summary>
    public static double ValueAt(ElementType type, ReadOnlySpan<byte> block, int index) => type switch
    {
        ElementType.Float64 => MemoryMarshal.Cast<byte, double>(block)[index],
        ElementType.Float16 => (double)MemoryMarshal.Cast<byte, Half>(block)[index],
        ElementType.BFloat16 => BFloat16.ToSingle(MemoryMarshal.Cast<byte, ushort>(block)[index]),
        _ => MemoryMarshal.Cast<byte, float>(block)[index],
    };

    private static int IndexOfFirst<T>(ReadOnlySpan<byte> block, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        var elements = MemoryMarshal.Cast<byte, T>(block);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(elements);
        var mask = new Vector<T>(exponent);
        var start = vectors.Length;
        for (var i = 0; i < vectors.Length; i++)
        {
            if (Vector.EqualsAny(vectors[i] & mask, mask))
            {
                start = i;
                break;
            }
        }

        for (var i = start * Vector<T>.Count; i < elements.Length; i++)
        {
            if ((elements[i] & exponent) == exponent)
            {
                return i;
            }
        }

        return -1;
    }
}
