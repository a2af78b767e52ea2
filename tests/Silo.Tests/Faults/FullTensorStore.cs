using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Silo.Faults.Tests;

/// <summary>A store whose disk takes so many bytes of uploads and no more, until it is given space.</summary>
internal sealed class FullTensorStore(ITensorStore inner, long space) : ITensorStore
{
    private long _left = space;

    public void GiveSpace() => Volatile.Write(ref _left, long.MaxValue / 2);

    public ITensorStage OpenStage(TensorScope scope, string owner, TensorDigest digest, long byteLength = 0) => new Stage(this, inner.OpenStage(scope, owner, digest, byteLength));

    public bool Contains(TensorScope scope, TensorDigest digest) => inner.Contains(scope, digest);

    public ITensorReader? TryOpen(TensorScope scope, TensorDigest digest) => inner.TryOpen(scope, digest);

    public long StagedBytes(TensorScope scope, string owner, TensorDigest digest) => inner.StagedBytes(scope, owner, digest);

    public ITensorStage CreateStage(TensorScope scope, string owner) => inner.CreateStage(scope, owner);

    public void PutManifest(ExperimentId experiment, ModelManifest manifest) => inner.PutManifest(experiment, manifest);

    public ModelManifest? FindManifest(ExperimentId experiment, TensorDigest hash) => inner.FindManifest(experiment, hash);

    public IReadOnlyList<TensorDigest> List(TensorScope scope) => inner.List(scope);

    public void Delete(TensorScope scope, TensorDigest digest) => inner.Delete(scope, digest);

    public void DeleteScope(TensorScope scope) => inner.DeleteScope(scope);

    public void DeleteRoundsBefore(RoundId round) => inner.DeleteRoundsBefore(round);

    private sealed class Stage(FullTensorStore store, ITensorStage inner) : ITensorStage
    {
        public long Length => inner.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (Interlocked.Add(ref store._left, -bytes.Length) < 0)
            {
                throw new TensorStoreException("No space left on device.");
            }

            inner.Append(bytes);
        }

        public TensorDigest Digest() => inner.Digest();

        public TensorDigest Commit() => inner.Commit();

        public void Abandon() => inner.Abandon();

        public void Dispose() => inner.Dispose();
    }
}
