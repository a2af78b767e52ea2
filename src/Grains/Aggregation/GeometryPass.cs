namespace Actors.Grains.Aggregation;

/// <summary>Measures updates: one pass over their floating-point tensors.</summary>
internal static class GeometryPass
{
    /// <summary>Runs it.</summary>
    /// <param name="files">The updates.</param>
    /// <param name="blocks">The model's blocks.</param>
    /// <param name="threads">How many threads; at least 1.</param>
    /// <param name="pairs">Whether each two are multiplied: K (K + 1) / 2 products instead of K.</param>
    /// <exception cref="Tensors.TensorStoreException">An update cannot be read.</exception>
    public static UpdateGeometry Run(UpdateFiles files, IReadOnlyList<ElementBlock> blocks, int threads, bool pairs)
    {
        var totals = new double[pairs ? UpdateGeometry.PairIndex(files.Count, 0) : files.Count];
        BlockPass.Run([.. blocks.Where(block => block.IsMeasured)], threads, () => new Worker(files, pairs, totals));
        return new([.. files.Sources.Select(source => source.SampleCount)], totals, pairs);
    }

    private sealed class Worker(UpdateFiles files, bool pairs, double[] totals) : IBlockWorker
    {
        private readonly BlockRows _rows = new(files, [.. Enumerable.Range(0, files.Count)], withModel: true);
        private readonly double[] _deltas = new double[(pairs ? files.Count : 1) * DeltaCells.Elements];
        private double[] _products = [];
        private double[] _squares = [];
        private int _cells;

        public void Work(ElementBlock block)
        {
            _rows.Load(block, wide: false);
            _cells = DeltaCells.Count(block.Elements);
            if (_products.Length < _cells * totals.Length)
            {
                (_products, _squares) = (new double[_cells * totals.Length], new double[_cells]);
            }

            if (pairs)
            {
                MultiplyEachTwo();
            }
            else
            {
                Square();
            }
        }

        public void HandOn(ElementBlock block)
        {
            for (var cell = 0; cell < _cells; cell++)
            {
                var products = _products.AsSpan(cell * totals.Length, totals.Length);
                for (var i = 0; i < products.Length; i++)
                {
                    totals[i] += products[i];
                }
            }
        }

        public void Dispose() => _rows.Dispose();

        private void Square()
        {
            for (var update = 0; update < files.Count; update++)
            {
                _rows.SquaredNorms(update, _squares.AsSpan(0, _cells), _deltas);
                for (var cell = 0; cell < _cells; cell++)
                {
                    _products[(cell * totals.Length) + update] = _squares[cell];
                }
            }
        }

        private void MultiplyEachTwo()
        {
            var next = 0;
            for (var cell = 0; cell < _cells; cell++)
            {
                for (var update = 0; update < files.Count; update++)
                {
                    var delta = Delta(update);
                    _rows.Delta(update, cell, delta);
                    for (var other = 0; other <= update; other++)
                    {
                        _products[next++] = DeltaCells.Dot(delta, Delta(other));
                    }
                }
            }
        }

        private Span<double> Delta(int update) => _deltas.AsSpan(update * DeltaCells.Elements, DeltaCells.Elements);
    }
}
