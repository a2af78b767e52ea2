using System.Buffers;
using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>Copies one tensor's values to a stream, a bounded buffer at a time.</summary>
internal static class TensorCopy
{
    private const int ElementsAtOnce = 32 * 1024;

    /// <summary>Writes the values as they are.</summary>
    public static void Exact(ITensorBytes source, int tensor, Stream destination) =>
        InPieces(source, tensor, (bytes, _) => destination.Write(bytes));

    /// <summary>Writes the values rounded to binary32.</summary>
    public static void AsFloat32(ITensorBytes source, int tensor, Stream destination)
    {
        var floats = ArrayPool<float>.Shared.Rent(ElementsAtOnce);
        try
        {
            InPieces(source, tensor, (bytes, count) =>
            {
                var rounded = floats.AsSpan(0, count);
                Float32Cast.Convert(source.Manifest.Tensors[tensor].Type, bytes, rounded);
                destination.Write(MemoryMarshal.AsBytes(rounded));
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
        }
    }

    private static void InPieces(ITensorBytes source, int tensor, Piece take)
    {
        var size = source.Manifest.Tensors[tensor].Type.SizeInBytes();
        var (offset, left) = (source.Manifest.OffsetOf(tensor), source.Manifest.Tensors[tensor].Shape.ElementCount);
        var buffer = ArrayPool<byte>.Shared.Rent(ElementsAtOnce * size);
        try
        {
            while (left > 0)
            {
                var count = (int)Math.Min(left, ElementsAtOnce);
                var bytes = buffer.AsSpan(0, count * size);
                source.Read(offset, bytes);
                take(bytes, count);
                offset += bytes.Length;
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private delegate void Piece(ReadOnlySpan<byte> bytes, int elementCount);
}
