using System.Runtime.InteropServices;

namespace Actors.Contracts.Tensors;

/// <summary>Elements of any type as float64, and back. Integers up to 2^53 survive both ways; a mean of integers is rounded to even.</summary>
public static class ElementBlocks
{
    /// <summary>Reads elements; the spans hold the same number of them.</summary>
    public static void ToDouble(ElementType type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        switch (type)
        {
            case ElementType.Float32: Widen(MemoryMarshal.Cast<byte, float>(bytes), values); break;
            case ElementType.Float64: MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values); break;
            case ElementType.Float16: Widen<Half>(bytes, values, value => (double)value); break;
            case ElementType.BFloat16: Widen<ushort>(bytes, values, value => BFloat16.ToSingle(value)); break;
            case ElementType.Int8: Widen<sbyte>(bytes, values, value => value); break;
            case ElementType.Int16: Widen<short>(bytes, values, value => value); break;
            case ElementType.Int32: Widen<int>(bytes, values, value => value); break;
            case ElementType.Int64: Widen<long>(bytes, values, value => value); break;
            case ElementType.UInt8 or ElementType.Boolean: Widen<byte>(bytes, values, value => value); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type.");
        }
    }

    /// <summary>Writes elements; the spans hold the same number of them.</summary>
    public static void FromDouble(ElementType type, ReadOnlySpan<double> values, Span<byte> bytes)
    {
        switch (type)
        {
            case ElementType.Float32: Narrow(values, MemoryMarshal.Cast<byte, float>(bytes)); break;
            case ElementType.Float64: values.CopyTo(MemoryMarshal.Cast<byte, double>(bytes)); break;
            case ElementType.Float16: Narrow(values, bytes, value => (Half)value); break;
            case ElementType.BFloat16: Narrow(values, bytes, ToBFloat16); break;
            case ElementType.Int8: Narrow(values, bytes, value => sbyte.CreateSaturating(Math.Round(value))); break;
            case ElementType.Int16: Narrow(values, bytes, value => short.CreateSaturating(Math.Round(value))); break;
            case ElementType.Int32: Narrow(values, bytes, value => int.CreateSaturating(Math.Round(value))); break;
            case ElementType.Int64: Narrow(values, bytes, value => long.CreateSaturating(Math.Round(value))); break;
            case ElementType.UInt8: Narrow(values, bytes, value => byte.CreateSaturating(Math.Round(value))); break;
            case ElementType.Boolean: Narrow<byte>(values, bytes, value => value >= 0.5 ? (byte)1 : (byte)0); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type.");
        }
    }

    // The models' own type, without a call for each element.
    private static void Widen(ReadOnlySpan<float> elements, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = elements[i];
        }
    }

    private static void Narrow(ReadOnlySpan<double> values, Span<float> elements)
    {
        for (var i = 0; i < values.Length; i++)
        {
            elements[i] = (float)values[i];
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> bytes, Span<double> values, Func<T, double> convert)
        where T : unmanaged
    {
        var elements = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = convert(elements[i]);
        }
    }

    private static void Narrow<T>(ReadOnlySpan<double> values, Span<byte> bytes, Func<double, T> convert)
        where T : unmanaged
    {
        var elements = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            elements[i] = convert(values[i]);
        }
    }

    // Round to nearest, ties to even. A float32 between would round twice: where it is inexact it is moved to odd first.
    private static ushort ToBFloat16(double value)
    {
        var single = (float)value;
        var bits = BitConverter.SingleToUInt32Bits(single);
        if (float.IsNaN(single))
        {
            return (ushort)((bits >> 16) | 0x40);
        }

        if (single != value && float.IsFinite(single))
        {
            // Truncate towards zero, then set the last bit.
            bits = Math.Abs((double)single) > Math.Abs(value) ? (bits - 1) | 1 : bits | 1;
        }

        return BFloat16.Nearest(bits);
    }
}
