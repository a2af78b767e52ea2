using System.Buffers.Binary;
using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>Rounds values of any element type to binary32, as the original does with all it stores.</summary>
internal static class Float32Cast
{
    /// <summary>Converts little-endian elements, one for each float of the destination; the machine is little-endian.</summary>
    public static void Convert(ElementType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        var size = type.SizeInBytes();
        if (type is ElementType.Float32)
        {
            source.CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = One(type, source.Slice(i * size, size));
        }
    }

    private static float One(ElementType type, ReadOnlySpan<byte> element) => type switch
    {
        ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
        ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
        ElementType.BFloat16 => BFloat16.ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element)),
        ElementType.Int8 => (sbyte)element[0],
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        ElementType.UInt8 or ElementType.Boolean => element[0],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No element type that is rounded."),
    };
}
