using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The updates of an aggregation and the model they answer, read at any place by many threads. The first thousand stay open; those
/// after them are opened for each block, so that ten thousand updates do not take ten thousand handles.
/// </summary>
/// <param name="updates">The updates, in the order of the collaborators' names.</param>
/// <param name="model">Opens the current model; null when there is none to compare with, and then updates are measured from zero.</param>
internal sealed class UpdateFiles(IReadOnlyList<UpdateSource> updates, Func<ITensorReader>? model = null) : IDisposable
{
    private const int MostOpen = 1000;

    // The model first, since every block asks for it.
    private readonly IReadOnlyList<Func<ITensorReader>?> _open =
        [model, .. updates.Select(update => update.Open), .. updates.Select(update => update.StartedFrom)];

    private readonly ITensorReader?[] _readers = new ITensorReader?[MostOpen];
    private readonly Lock _opening = new();

    /// <summary>How many updates there are.</summary>
    public int Count => updates.Count;

    /// <summary>Whether there is a current model.</summary>
    public bool HasModel => model is not null;

    /// <summary>The updates.</summary>
    public IReadOnlyList<UpdateSource> Sources => updates;

    /// <summary>Fills the buffer with an update's bytes from an offset.</summary>
    /// <exception cref="TensorStoreException">They cannot be read.</exception>
    public void Read(int update, long offset, Span<byte> destination) => ReadFile(1 + update, offset, destination);

    /// <summary>Fills the buffer with the current model's bytes.</summary>
    /// <inheritdoc cref="Read"/>
    public void ReadModel(long offset, Span<byte> destination) => ReadFile(0, offset, destination);

    /// <summary>Fills the buffer with the bytes of the model that an update started from.</summary>
    /// <inheritdoc cref="Read"/>
    public void ReadStart(int update, long offset, Span<byte> destination) =>
        ReadFile(updates[update].StartedFrom is null ? 0 : 1 + updates.Count + update, offset, destination);

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader?.Dispose();
        }
    }

    private void ReadFile(int file, long offset, Span<byte> destination)
    {
        if (file < _readers.Length)
        {
            (Volatile.Read(ref _readers[file]) ?? Keep(file)).Read(offset, destination);
            return;
        }

        using var reader = _open[file]!();
        reader.Read(offset, destination);
    }

    private ITensorReader Keep(int file)
    {
        lock (_opening)
        {
            return _readers[file] ??= _open[file]!();
        }
    }
}
