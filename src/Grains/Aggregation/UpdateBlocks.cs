namespace Actors.Grains.Aggregation;

/// <summary>The same block of several updates, in the order of the collaborators' names, each with the weight of its collaborator.</summary>
/// <typeparam name="T">float32 for a model's own numbers, float64 for those of any other type.</typeparam>
/// <param name="weights">Positive, adding up to 1; as many as updates.</param>
/// <param name="values">The blocks one after another.</param>
/// <param name="stride">From the start of one block to that of the next, in numbers.</param>
public readonly ref struct UpdateBlocks<T>(ReadOnlySpan<double> weights, ReadOnlySpan<T> values, int stride)
    where T : unmanaged
{
    /// <summary>The weights.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>The blocks one after another.</summary>
    public ReadOnlySpan<T> Values { get; } = values;

    /// <summary>From the start of one block to that of the next, in numbers.</summary>
    public int Stride { get; } = stride;

    /// <summary>How many updates there are; at least 1.</summary>
    public int Count => Weights.Length;

    /// <summary>The first <paramref name="length"/> numbers of an update's block.</summary>
    public ReadOnlySpan<T> Block(int update, int length) => Values.Slice(update * Stride, length);
}
