using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Running.Tests;

/// <summary>Remembers what an experiment left; refuses when a test asks for it. Like the real one, it needs the models' bytes.</summary>
internal sealed class RecordingRecord(ITensorStore store) : IExperimentRecord
{
    private readonly ConcurrentDictionary<ExperimentId, ConcurrentQueue<ExperimentState>> _written = new();
    private readonly ConcurrentDictionary<ExperimentId, int> _refusals = new();

    public IReadOnlyList<ExperimentState> Of(ExperimentId experiment) => [.. _written.GetOrAdd(experiment, _ => new())];

    public void Refuse(ExperimentId experiment, int times) => _refusals[experiment] = times;

    public Task WriteAsync(ExperimentId experiment, ExperimentState state, CancellationToken cancellationToken)
    {
        if (_refusals.AddOrUpdate(experiment, -1, (_, left) => left - 1) >= 0)
        {
            throw new IOException("The disk is full.");
        }

        var models = state.Best is { } best ? state.Current.Append(best.Model) : state.Current;
        foreach (var bundle in models.Where(bundle => !store.Contains(TensorScope.Models(experiment), bundle.Digest)))
        {
            throw new TensorStoreException($"The published {bundle.Kind} {bundle.Digest} is gone.");
        }

        _written.GetOrAdd(experiment, _ => new()).Enqueue(state);
        return Task.CompletedTask;
    }
}
