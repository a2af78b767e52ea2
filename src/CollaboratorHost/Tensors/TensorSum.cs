using System.Buffers;

using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Arithmetic on the bytes of tensors with real elements, each rounded once. Counters and masks have none: they become zero.</summary>
internal static class TensorSum
{
    private const int PieceElements = 1 << 16;

    /// <summary>Adds a multiple of another tensor.</summary>
    /// <param name="type">The type of both.</param>
    /// <param name="sum">A tensor's bytes; takes the sum.</param>
    /// <param name="other">The other's, as many; empty for zeros.</param>
    /// <param name="factor">The factor.</param>
    public static void Add(ElementType type, Span<byte> sum, ReadOnlySpan<byte> other, double factor)
    {
        if (!type.IsFloatingPoint())
        {
            sum.Clear();
            return;
        }

        var pieces = ArrayPool<double>.Shared.Rent(2 * PieceElements);
        try
        {
            var step = PieceElements * type.SizeInBytes();
            for (var start = 0; start < sum.Length && !other.IsEmpty; start += step)
            {
                var length = Math.Min(step, sum.Length - start);
                Add(type, sum.Slice(start, length), other.Slice(start, length), factor, pieces);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(pieces);
        }
    }

    private static void Add(ElementType type, Span<byte> sum, ReadOnlySpan<byte> other, double factor, double[] pieces)
    {
        var elements = sum.Length / type.SizeInBytes();
        var to = pieces.AsSpan(0, elements);
        var from = pieces.AsSpan(elements, elements);
        ElementBlocks.ToDouble(type, sum, to);
        ElementBlocks.ToDouble(type, other, from);
        for (var i = 0; i < elements; i++)
        {
            to[i] += factor * from[i];
        }

        ElementBlocks.FromDouble(type, to, sum);
    }
}
