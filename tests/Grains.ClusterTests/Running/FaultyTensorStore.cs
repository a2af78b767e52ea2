using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Grains.Running.Tests;

/// <summary>A store in files whose disk refuses the output of an aggregation when a test asks for it.</summary>
internal sealed class FaultyTensorStore(ITensorStore inner) : ITensorStore
{
    private readonly ConcurrentDictionary<ExperimentId, int> _refusals = new();

    public void RefuseAggregates(ExperimentId experiment, int times) => _refusals[experiment] = times;

    public ITensorStage CreateStage(TensorScope scope, string owner) =>
        _refusals.AddOrUpdate(scope.Experiment, -1, (_, left) => left - 1) >= 0
            ? throw new TensorStoreException("The disk is full.")
            : inner.CreateStage(scope, owner);

    public bool Contains(TensorScope scope, TensorDigest digest) => inner.Contains(scope, digest);

    public ITensorReader? TryOpen(TensorScope scope, TensorDigest digest) => inner.TryOpen(scope, digest);

    public long StagedBytes(TensorScope scope, string owner, TensorDigest digest) => inner.StagedBytes(scope, owner, digest);

    public ITensorStage OpenStage(TensorScope scope, string owner, TensorDigest digest, long byteLength = 0) => inner.OpenStage(scope, owner, digest, byteLength);

    public void PutManifest(ExperimentId experiment, ModelManifest manifest) => inner.PutManifest(experiment, manifest);

    public ModelManifest? FindManifest(ExperimentId experiment, TensorDigest hash) => inner.FindManifest(experiment, hash);

    public IReadOnlyList<TensorDigest> List(TensorScope scope) => inner.List(scope);

    public void Delete(TensorScope scope, TensorDigest digest) => inner.Delete(scope, digest);

    public void DeleteScope(TensorScope scope) => inner.DeleteScope(scope);

    public void DeleteRoundsBefore(RoundId round) => inner.DeleteRoundsBefore(round);
}
