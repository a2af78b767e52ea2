using System.Runtime.InteropServices;

using Actors.Contracts.Models;
using Actors.Contracts.Tensors;

namespace Actors.Contracts.OpenFl;

/// <summary>Between a model's own element types and the binary32 that the original knows alone.</summary>
public static class Floats
{
    /// <summary>Rounds elements to binary32.</summary>
    /// <param name="type">Their type.</param>
    /// <param name="elements">Little-endian, one for each number.</param>
    /// <param name="numbers">Is filled entirely.</param>
    public static void From(ElementType type, ReadOnlySpan<byte> elements, Span<float> numbers) => Float32Cast.Convert(type, elements, numbers);

    /// <summary>Rounds numbers to elements; whole numbers to the nearest, and what is beyond their type to its end.</summary>
    /// <param name="type">The elements' type.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="elements">Is filled entirely.</param>
    public static void To(ElementType type, ReadOnlySpan<float> numbers, Span<byte> elements)
    {
        switch (type)
        {
            case ElementType.Float32:
                numbers.CopyTo(MemoryMarshal.Cast<byte, float>(elements));
                break;
            case ElementType.Float64:
                Each(numbers, MemoryMarshal.Cast<byte, double>(elements), number => number);
                break;
            case ElementType.Float16:
                Each(numbers, MemoryMarshal.Cast<byte, Half>(elements), number => (Half)number);
                break;
            case ElementType.BFloat16:
                Each(numbers, MemoryMarshal.Cast<byte, ushort>(elements), BFloat16.Nearest);
                break;
            case ElementType.Int8:
                Each(numbers, MemoryMarshal.Cast<byte, sbyte>(elements), number => (sbyte)Math.Clamp(MathF.Round(number), sbyte.MinValue, sbyte.MaxValue));
                break;
            case ElementType.Int16:
                Each(numbers, MemoryMarshal.Cast<byte, short>(elements), number => (short)Math.Clamp(MathF.Round(number), short.MinValue, short.MaxValue));
                break;
            case ElementType.Int32:
                Each(numbers, MemoryMarshal.Cast<byte, int>(elements), number => (int)MathF.Round(number));
                break;
            case ElementType.Int64:
                Each(numbers, MemoryMarshal.Cast<byte, long>(elements), number => (long)MathF.Round(number));
                break;
            case ElementType.UInt8:
                Each(numbers, elements, number => (byte)Math.Clamp(MathF.Round(number), byte.MinValue, byte.MaxValue));
                break;
            case ElementType.Boolean:
                Each(numbers, elements, number => number >= 0.5F ? (byte)1 : (byte)0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "No element type.");
        }
    }

    private static void Each<T>(ReadOnlySpan<float> numbers, Span<T> elements, Func<float, T> convert)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            elements[i] = convert(numbers[i]);
        }
    }
}
