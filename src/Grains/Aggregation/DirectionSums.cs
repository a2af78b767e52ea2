namespace Actors.Grains.Aggregation;

/// <summary>
/// How each update's change points, compared with the sum of the others' directions: cos(dₖ, Σ dⱼ/‖dⱼ‖ over j ≠ k). Lengths do not
/// weigh, so that one long change does not decide what the others are compared with.
/// </summary>
/// <param name="norms">The norms of the changes of the rows; a change of none has no direction.</param>
internal sealed class DirectionSums(IReadOnlyList<double> norms)
{
    private readonly double[] _inverse = [.. norms.Select(norm => norm > 0 && double.IsFinite(norm) ? 1 / norm : 0)];

    // Each change's inner product with the sum of all directions.
    private readonly double[] _products = new double[norms.Count];

    /// <summary>A thread's part in it.</summary>
    public Part NewPart() => new(this);

    /// <summary>The cosines; NaN where there is no direction to compare.</summary>
    public IReadOnlyList<double> Cosines()
    {
        var along = _products.Zip(_inverse, (product, inverse) => product * inverse).ToList();
        var squared = along.Sum();
        return [.. along.Select((own, row) =>
            _inverse[row] == 0 ? double.NaN : Math.Clamp((own - 1) / Math.Sqrt(Math.Max(squared - (2 * own) + 1, 0)), -1, 1))];
    }

    /// <summary>One thread's part.</summary>
    internal sealed class Part(DirectionSums sums)
    {
        private readonly double[] _delta = new double[DeltaCells.Elements];
        private readonly double[] _sum = new double[DeltaCells.Elements];
        private double[] _products = [];
        private int _cells;

        /// <summary>Measures a block.</summary>
        public void Measure(ElementBlock block, BlockRows rows)
        {
            _cells = block.IsMeasured ? DeltaCells.Count(block.Elements) : 0;
            if (_products.Length < _cells * sums._inverse.Length)
            {
                _products = new double[_cells * sums._inverse.Length];
            }

            for (var cell = 0; cell < _cells; cell++)
            {
                rows.ProductsWithSum(cell, sums._inverse, Products(cell), _sum, _delta);
            }
        }

        /// <summary>Adds the block to the sums.</summary>
        public void AddUp()
        {
            for (var cell = 0; cell < _cells; cell++)
            {
                var products = Products(cell);
                for (var row = 0; row < products.Length; row++)
                {
                    sums._products[row] += products[row];
                }
            }
        }

        private Span<double> Products(int cell) => _products.AsSpan(cell * sums._inverse.Length, sums._inverse.Length);
    }
}
