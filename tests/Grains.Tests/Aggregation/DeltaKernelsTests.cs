using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

/// <summary>The fused kernels are the arithmetic of the cells, to the bit.</summary>
public unsafe class DeltaKernelsTests
{
    private const int Cells = 3;
    private const int Length = Cells * DeltaCells.Elements;

    [Property]
    public bool SquaredNorms_AreTheDotsOfTheDifferences(int seed, bool withModel)
    {
        var (update, model) = (Numbers(seed, Length), withModel ? Numbers(seed + 1, Length) : []);
        var squares = new double[Cells];
        fixed (float* of = update, from = model)
        {
            DeltaKernels.SquaredNorms(of, withModel ? from : null, squares);
        }

        return squares.SequenceEqual(Enumerable.Range(0, Cells).Select(cell =>
        {
            var delta = Difference(update, model, cell);
            return DeltaCells.Dot(delta, delta);
        }));
    }

    [Property]
    public bool WeightedSumAndDot_AreThoseOfTheDifferences(int seed, PositiveInt count, bool withModel)
    {
        var (random, rows) = (new Random(seed), (count.Get % 20) + 1);
        var (updates, model) = (Numbers(seed, rows * Length), withModel ? Numbers(seed + 1, Length) : []);
        var factors = Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray();
        var (sum, expected, products) = (new double[DeltaCells.Elements], new double[DeltaCells.Elements], new double[rows]);
        fixed (float* of = updates, from = model)
        {
            fixed (double* to = sum)
            {
                DeltaKernels.WeightedSum(of, Length, withModel ? from : null, factors, to);
                for (var row = 0; row < rows; row++)
                {
                    products[row] = DeltaKernels.Dot(of + (row * Length), withModel ? from : null, to);
                }
            }
        }

        var deltas = Enumerable.Range(0, rows).Select(row => Difference(updates[(row * Length)..], model, 0)).ToList();
        for (var row = 0; row < rows; row++)
        {
            DeltaCells.Add(expected, deltas[row], factors[row]);
        }

        return sum.SequenceEqual(expected) && products.SequenceEqual(deltas.Select(delta => DeltaCells.Dot(delta, expected)));
    }

    private static double[] Difference(float[] update, float[] model, int cell)
    {
        var (delta, start) = (new double[DeltaCells.Elements], cell * DeltaCells.Elements);
        DeltaCells.Subtract(update.AsSpan(start), model.Length == 0 ? [] : model.AsSpan(start), delta);
        return delta;
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
