using System.Runtime.InteropServices;

using Actors.Learning.Torch.Native;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>Makes tensors from spans, by one copy into libtorch's memory.</summary>
public static class SpanTensors
{
    /// <summary>A tensor with these values.</summary>
    /// <typeparam name="T">float, double, byte, int or long.</typeparam>
    /// <param name="values">Row-major; the caller's again after the call.</param>
    /// <param name="shape">The axes; their product is the number of values.</param>
    /// <returns>A tensor of that shape and element type on the CPU; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the number of values, or the type is none of the above.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, axis) => checked(product * axis)) != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape [{string.Join(", ", shape)}].", nameof(shape));
        }

        LibTorch.EnsureLoaded();
        var tensor = empty(shape, TypeOf<T>());
        if (!values.IsEmpty)
        {
            MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        }

        return tensor;
    }

    private static ScalarType TypeOf<T>() =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : throw new ArgumentException($"No tensor is made of {typeof(T).Name}; use float, double, byte, int or long.");
}
