using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Actors.Grains.Aggregation;

/// <summary>
/// What <see cref="DeltaCells"/> says of whole cells of float32, to the same bits, without the differences ever being in memory. A model of
/// null stands for zeros.
/// </summary>
internal static unsafe class DeltaKernels
{
    private const int Lanes = 8;
    private const int Chains = 4;
    private const int Piece = 8 * Lanes;

    /// <summary>The squared norm of each of an update's differences.</summary>
    /// <param name="update">The update's numbers.</param>
    /// <param name="model">The model's.</param>
    /// <param name="squares">Takes as many as there are cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredNorms(float* update, float* model, Span<double> squares)
    {
        var lanes = stackalloc double[Lanes];
        for (var cell = 0; cell < squares.Length; cell++)
        {
            var (first, second, third, fourth) = (Delta(update, model, 0), Delta(update, model, 1), Delta(update, model, 2), Delta(update, model, 3));
            (first, second, third, fourth) = (first * first, second * second, third * third, fourth * fourth);
            for (var i = Chains; i < DeltaCells.Elements / Lanes; i += Chains)
            {
                var (a, b, c, d) = (Delta(update, model, i), Delta(update, model, i + 1), Delta(update, model, i + 2), Delta(update, model, i + 3));
                first = Vector512.FusedMultiplyAdd(a, a, first);
                second = Vector512.FusedMultiplyAdd(b, b, second);
                third = Vector512.FusedMultiplyAdd(c, c, third);
                fourth = Vector512.FusedMultiplyAdd(d, d, fourth);
            }

            squares[cell] = Sum((first + second) + (third + fourth), lanes);
            update += DeltaCells.Elements;
            model += model is null ? 0 : DeltaCells.Elements;
        }
    }

    /// <summary>Σ fₖ (yₖ − x) of one cell.</summary>
    /// <param name="updates">The first update's numbers.</param>
    /// <param name="stride">From one update's to the next one's.</param>
    /// <param name="model">The model's numbers.</param>
    /// <param name="factors">The fₖ.</param>
    /// <param name="sum">Takes the sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedSum(float* updates, int stride, float* model, ReadOnlySpan<double> factors, double* sum)
    {
        for (var start = 0; start < DeltaCells.Elements; start += Piece)
        {
            Vector512<double> a, b, c, d, e, f, g, h;
            a = b = c = d = e = f = g = h = Vector512<double>.Zero;
            var from = updates + start;
            var origin = model is null ? null : model + start;
            foreach (var factor in factors)
            {
                var weight = Vector512.Create(factor);
                a = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 0), a);
                b = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 1), b);
                c = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 2), c);
                d = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 3), d);
                e = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 4), e);
                f = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 5), f);
                g = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 6), g);
                h = Vector512.FusedMultiplyAdd(weight, Delta(from, origin, 7), h);
                from += stride;
            }

            Store(sum + start, a, b, c, d);
            Store(sum + start + (4 * Lanes), e, f, g, h);
        }
    }

    /// <summary>The inner product of a cell's difference with another cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(float* update, float* model, double* other)
    {
        var (first, second) = (Delta(update, model, 0) * Vector512.Load(other), Delta(update, model, 1) * Vector512.Load(other + Lanes));
        var third = Delta(update, model, 2) * Vector512.Load(other + (2 * Lanes));
        var fourth = Delta(update, model, 3) * Vector512.Load(other + (3 * Lanes));
        for (var i = Chains; i < DeltaCells.Elements / Lanes; i += Chains)
        {
            var with = other + (i * Lanes);
            first = Vector512.FusedMultiplyAdd(Delta(update, model, i), Vector512.Load(with), first);
            second = Vector512.FusedMultiplyAdd(Delta(update, model, i + 1), Vector512.Load(with + Lanes), second);
            third = Vector512.FusedMultiplyAdd(Delta(update, model, i + 2), Vector512.Load(with + (2 * Lanes)), third);
            fourth = Vector512.FusedMultiplyAdd(Delta(update, model, i + 3), Vector512.Load(with + (3 * Lanes)), fourth);
        }

        var lanes = stackalloc double[Lanes];
        return Sum((first + second) + (third + fourth), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Delta(float* update, float* model, int vector) => model is null
        ? Widen(update + (vector * Lanes))
        : Widen(update + (vector * Lanes)) - Widen(model + (vector * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Widen(float* numbers) => Vector512.WidenLower(Vector256.Load(numbers).ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector512<double> vector, double* lanes)
    {
        vector.Store(lanes);
        return 0.0 + lanes[0] + lanes[1] + lanes[2] + lanes[3] + lanes[4] + lanes[5] + lanes[6] + lanes[7];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* to, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        a.Store(to);
        b.Store(to + Lanes);
        c.Store(to + (2 * Lanes));
        d.Store(to + (3 * Lanes));
    }
}
