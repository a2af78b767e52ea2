using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Differences and inner products of a cell, the fixed piece of a model by which statistics are summed: inside a cell over the same
/// lanes and outside cell by cell in the model's order, so that a sum has the same bits whatever the blocks, the threads and the
/// processor's width.
/// </summary>
internal static class DeltaCells
{
    /// <summary>How many coordinates a cell has; the last of a run has zeros in their place.</summary>
    public const int Elements = 256;

    private const int Lanes = 8;
    private const int Chains = 4;

    /// <summary>How many cells a number of elements takes.</summary>
    public static int Count(int elements) => (elements + Elements - 1) / Elements;

    /// <summary>Writes a cell of <paramref name="update"/> − <paramref name="model"/>, zeros after the end.</summary>
    /// <param name="update">The update's numbers from the cell on; not empty.</param>
    /// <param name="model">The model's numbers from the cell on; empty stands for zeros.</param>
    /// <param name="delta">Takes <see cref="Elements"/> differences.</param>
    public static void Subtract(ReadOnlySpan<float> update, ReadOnlySpan<float> model, Span<double> delta)
    {
        var length = Math.Min(update.Length, Elements);
        delta[length..Elements].Clear();
        var from = MemoryMarshal.Cast<float, Vector256<float>>(update[..length]);
        var start = MemoryMarshal.Cast<float, Vector256<float>>(model[..Math.Min(model.Length, length)]);
        var to = MemoryMarshal.Cast<double, Vector512<double>>(delta[..Elements]);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = start.IsEmpty ? Widen(from[i]) : Widen(from[i]) - Widen(start[i]);
        }

        for (var i = from.Length * Lanes; i < length; i++)
        {
            delta[i] = model.IsEmpty ? update[i] : (double)update[i] - model[i];
        }
    }

    /// <inheritdoc cref="Subtract(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{double})"/>
    public static void Subtract(ReadOnlySpan<double> update, ReadOnlySpan<double> model, Span<double> delta)
    {
        var length = Math.Min(update.Length, Elements);
        delta[length..Elements].Clear();
        for (var i = 0; i < length; i++)
        {
            delta[i] = model.IsEmpty ? update[i] : update[i] - model[i];
        }
    }

    /// <summary>The inner product of two cells.</summary>
    public static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var a = MemoryMarshal.Cast<double, Vector512<double>>(one[..Elements]);
        var b = MemoryMarshal.Cast<double, Vector512<double>>(other[..Elements]);
        var (first, second, third, fourth) = (a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]);
        for (var i = Chains; i < a.Length; i += Chains)
        {
            first = Vector512.FusedMultiplyAdd(a[i], b[i], first);
            second = Vector512.FusedMultiplyAdd(a[i + 1], b[i + 1], second);
            third = Vector512.FusedMultiplyAdd(a[i + 2], b[i + 2], third);
            fourth = Vector512.FusedMultiplyAdd(a[i + 3], b[i + 3], fourth);
        }

        var lanes = (first + second) + (third + fourth);
        var sum = 0.0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            sum += lanes[lane];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a cell to another.</summary>
    public static void Add(Span<double> sum, ReadOnlySpan<double> delta, double factor)
    {
        var to = MemoryMarshal.Cast<double, Vector512<double>>(sum[..Elements]);
        var from = MemoryMarshal.Cast<double, Vector512<double>>(delta[..Elements]);
        var factors = Vector512.Create(factor);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector512.FusedMultiplyAdd(factors, from[i], to[i]);
        }
    }

    private static Vector512<double> Widen(Vector256<float> values) => Vector512.WidenLower(values.ToVector512Unsafe());
}
