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
        private readonly double[] _deltas = new double[sums._inverse.Length * DeltaCells.Elements];
        private readonly double[] _sum = new double[DeltaCells.Elements];
        private readonly List<double> _products = [];

        /// <summary>Measures a block.</summary>
        public void Measure(ElementBlock block, BlockRows rows)
        {
            _products.Clear();
            for (var cell = 0; block.IsMeasured && cell < DeltaCells.Count(block.Elements); cell++)
            {
                Array.Clear(_sum);
                for (var row = 0; row < sums._inverse.Length; row++)
                {
                    rows.Delta(row, cell, Delta(row));
                    DeltaCells.Add(_sum, Delta(row), sums._inverse[row]);
                }

                for (var row = 0; row < sums._inverse.Length; row++)
                {
                    _products.Add(DeltaCells.Dot(Delta(row), _sum));
                }
            }
        }

        /// <summary>Adds the block to the sums.</summary>
        public void AddUp()
        {
            for (var product = 0; product < _products.Count; product++)
            {
                sums._products[product % sums._products.Length] += _products[product];
            }
        }

        private Span<double> Delta(int row) => _deltas.AsSpan(row * DeltaCells.Elements, DeltaCells.Elements);
    }
}
