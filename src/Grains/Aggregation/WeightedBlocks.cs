namespace Actors.Grains.Aggregation;

/// <summary>The same block of several updates, in order, each with the weight of its collaborator.</summary>
/// <param name="weights">Positive, adding up to 1.</param>
/// <param name="blocks">As many as weights; float64.</param>
public readonly ref struct WeightedBlocks(ReadOnlySpan<double> weights, ReadOnlySpan<double[]> blocks)
{
    private readonly ReadOnlySpan<double> _weights = weights;
    private readonly ReadOnlySpan<double[]> _blocks = blocks;

    /// <summary>How many updates there are.</summary>
    public int Count => _weights.Length;

    /// <summary>An update's weight.</summary>
    public double Weight(int update) => _weights[update];

    /// <summary>The first <paramref name="length"/> coordinates of an update's block.</summary>
    public ReadOnlySpan<double> Block(int update, int length) => _blocks[update].AsSpan(0, length);
}
