using Actors.Contracts.Tensors;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>The border between tensors and bytes. Tensors are on the CPU; bytes are row-major and little-endian.</summary>
internal static class TensorBytes
{
    /// <summary>What a tensor is.</summary>
    /// <exception cref="NotSupportedException">Its elements are complex or quantised.</exception>
    public static TensorSpec SpecOf(string name, Tensor tensor) => new(name, TypeOf(name, tensor.dtype), new(tensor.shape));

    /// <summary>Copies a tensor's elements out.</summary>
    public static void Read(Tensor tensor, Span<byte> destination)
    {
        if (tensor.is_contiguous())
        {
            tensor.bytes.CopyTo(destination);
            return;
        }

        using var dense = tensor.detach();
        using var rows = dense.contiguous();
        rows.bytes.CopyTo(destination);
    }

    /// <summary>Copies elements into a tensor, in place; autograd does not see it.</summary>
    public static void Write(Tensor tensor, ReadOnlySpan<byte> source)
    {
        if (tensor.is_contiguous())
        {
            source.CopyTo(tensor.bytes);
            return;
        }

        using var rows = empty(tensor.shape, tensor.dtype);
        source.CopyTo(rows.bytes);
        using (no_grad())
        {
            tensor.copy_(rows);
        }
    }

    private static ElementType TypeOf(string name, ScalarType type) => type switch
    {
        ScalarType.Float32 => ElementType.Float32,
        ScalarType.Float64 => ElementType.Float64,
        ScalarType.Float16 => ElementType.Float16,
        ScalarType.BFloat16 => ElementType.BFloat16,
        ScalarType.Int8 => ElementType.Int8,
        ScalarType.Int16 => ElementType.Int16,
        ScalarType.Int32 => ElementType.Int32,
        ScalarType.Int64 => ElementType.Int64,
        ScalarType.Byte => ElementType.UInt8,
        ScalarType.Bool => ElementType.Boolean,
        _ => throw new NotSupportedException($"The tensor {name} has elements of type {type}, which cannot travel; use real numbers."),
    };
}
