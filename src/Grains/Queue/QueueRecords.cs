using Actors.Grains.Hosting;

using Orleans.Core;
using Orleans.Storage;

namespace Actors.Grains.Queue;

/// <summary>
/// What is stored of a queue: each experiment in a record of its own, and an index of their numbers. A change writes what has changed, however many
/// experiments there are. An experiment's number is in the index before its record is written, and until its record is gone: a crash in between leaves a
/// number without a record, which counts as none, and never a record that nobody finds again.
/// </summary>
/// <param name="grain">The queue's grain, the only one to write.</param>
/// <param name="index">The index.</param>
/// <param name="store">Where the experiments' records are.</param>
internal sealed class QueueRecords(IGrainBase grain, IPersistentState<QueueIndex> index, IGrainStorage store)
{
    private readonly SortedDictionary<int, StateStorageBridge<QueuedExperiment>> _records = [];

    /// <summary>The queue as it is stored.</summary>
    public QueueState State => new([.. Stored.Select(record => record.Value.State)], index.State.NextNumber);

    // The record of a new experiment may not have been written.
    private IEnumerable<KeyValuePair<int, StateStorageBridge<QueuedExperiment>>> Stored => _records.Where(record => record.Value.RecordExists);

    /// <summary>Reads everything; the index has been read.</summary>
    public async Task ReadAsync()
    {
        foreach (var number in index.State.Numbers)
        {
            _records[number] = await ReadAsync(number);
        }
    }

    /// <summary>Writes an experiment that is new or has changed.</summary>
    public async Task SaveAsync(QueuedExperiment experiment, CancellationToken cancellationToken)
    {
        if (!_records.TryGetValue(experiment.Number, out var record))
        {
            await index.SaveAsync(grain, new() { Numbers = [.. Numbers, experiment.Number], NextNumber = experiment.Number + 1 }, cancellationToken);
            _records[experiment.Number] = record = await ReadAsync(experiment.Number);
        }

        await record.SaveAsync(grain, experiment, cancellationToken);
    }

    /// <summary>Forgets an experiment.</summary>
    public async Task RemoveAsync(QueuedExperiment experiment, CancellationToken cancellationToken)
    {
        await _records[experiment.Number].DeleteAsync(grain, cancellationToken);
        _records.Remove(experiment.Number);
        await index.SaveAsync(grain, index.State with { Numbers = [.. Numbers] }, cancellationToken);
    }

    private IEnumerable<int> Numbers => Stored.Select(record => record.Key);

    private async Task<StateStorageBridge<QueuedExperiment>> ReadAsync(int number)
    {
        var record = new StateStorageBridge<QueuedExperiment>($"queued-experiment-{number}", grain.GrainContext, store);
        await record.ReadStateAsync();
        return record;
    }
}
