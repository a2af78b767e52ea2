using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The updates of an aggregation, read at any place by many threads. The first thousand stay open; those after them are opened for each
/// block, so that ten thousand updates do not take ten thousand handles.
/// </summary>
/// <param name="open">Opens each update, in the order of the collaborators' names; the reader is this object's.</param>
/// <param name="sampleCounts">Their sample counts.</param>
internal sealed class UpdateFiles(IReadOnlyList<Func<ITensorReader>> open, IReadOnlyList<long> sampleCounts) : IDisposable
{
    private const int MostOpen = 1000;

    private readonly ITensorReader?[] _readers = new ITensorReader?[Math.Min(open.Count, MostOpen)];
    private readonly Lock _opening = new();

    /// <summary>How many there are.</summary>
    public int Count => open.Count;

    /// <summary>Each update's share of all samples.</summary>
    public double[] Weights()
    {
        var total = sampleCounts.Sum(count => (double)count);
        return [.. sampleCounts.Select(count => count / total)];
    }

    /// <summary>Fills the buffer with an update's bytes from an offset.</summary>
    /// <exception cref="TensorStoreException">They cannot be read.</exception>
    public void Read(int update, long offset, Span<byte> destination)
    {
        if (update < _readers.Length)
        {
            (Volatile.Read(ref _readers[update]) ?? Keep(update)).Read(offset, destination);
            return;
        }

        using var reader = open[update]();
        reader.Read(offset, destination);
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader?.Dispose();
        }
    }

    private ITensorReader Keep(int update)
    {
        lock (_opening)
        {
            return _readers[update] ??= open[update]();
        }
    }
}
