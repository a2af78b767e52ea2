namespace Actors.Learning;

/// <summary>The same coordinates of all updates of a task.</summary>
/// <param name="weights">Each collaborator's share of the samples: positive, adding up to 1.</param>
/// <param name="values">The blocks one after another.</param>
/// <param name="stride">From the start of one block to that of the next, in numbers.</param>
/// <param name="length">How many coordinates the block has.</param>
public readonly ref struct UpdateBlock(ReadOnlySpan<double> weights, ReadOnlySpan<double> values, int stride, int length)
{
    private readonly ReadOnlySpan<double> _values = values;
    private readonly int _stride = stride;
    private readonly int _length = length;

    /// <summary>Each collaborator's share of the samples: positive, adding up to 1.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>How many updates there are; at least 1.</summary>
    public int Count => Weights.Length;

    /// <summary>The coordinates of an update.</summary>
    /// <param name="update">Its number from 0.</param>
    public ReadOnlySpan<double> this[int update] => _values.Slice(update * _stride, _length);
}
