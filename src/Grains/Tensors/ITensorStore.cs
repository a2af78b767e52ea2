using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>
/// Keeps tensor bytes by digest. Bytes are written once, piece by piece, and are either whole or absent: a stage becomes
/// readable only by its commit, and a crash leaves a stage that can be continued. Safe for use by many threads; one stage is
/// written by one at a time.
/// </summary>
public interface ITensorStore
{
    /// <summary>Whether the scope holds these bytes, whole.</summary>
    bool Contains(TensorScope scope, TensorDigest digest);

    /// <summary>Opens bytes for reading; the caller disposes. Null when the scope does not hold them.</summary>
    ITensorReader? TryOpen(TensorScope scope, TensorDigest digest);

    /// <summary>How many of the first bytes an owner's stage for a digest holds; 0 when there is none.</summary>
    long StagedBytes(TensorScope scope, string owner, TensorDigest digest);

    /// <summary>
    /// Opens an owner's stage for a digest, to be continued at its present length. The caller disposes; disposing without a
    /// commit keeps what was written.
    /// </summary>
    /// <param name="scope">Where the bytes belong.</param>
    /// <param name="owner">Who writes them.</param>
    /// <param name="digest">The digest they are to have.</param>
    /// <param name="byteLength">About how many they will be; 0 when that is not known.</param>
    /// <exception cref="TensorStoreException">The stage is open already, or the disk refuses.</exception>
    ITensorStage OpenStage(TensorScope scope, string owner, TensorDigest digest, long byteLength = 0);

    /// <summary>Opens an empty stage whose digest is not known yet, such as the output of an aggregation; what an earlier one left is dropped.</summary>
    /// <exception cref="TensorStoreException">The disk refuses.</exception>
    ITensorStage CreateStage(TensorScope scope, string owner);

    /// <summary>Keeps a manifest; known for the whole experiment, by its hash. Keeping it again does nothing.</summary>
    void PutManifest(ExperimentId experiment, ModelManifest manifest);

    /// <summary>The manifest with a hash; null when it was never kept.</summary>
    ModelManifest? FindManifest(ExperimentId experiment, TensorDigest hash);

    /// <summary>The digests that a scope holds.</summary>
    IReadOnlyList<TensorDigest> List(TensorScope scope);

    /// <summary>Deletes bytes. Deleting what is not there does nothing; readers that are open go on.</summary>
    void Delete(TensorScope scope, TensorDigest digest);

    /// <summary>Deletes a scope with its bytes and stages. Deleting what is not there does nothing; readers that are open go on.</summary>
    void DeleteScope(TensorScope scope);

    /// <summary>Deletes the updates and stages of all rounds of an experiment before a round. Nobody may read them any more: others are written over them.</summary>
    void DeleteRoundsBefore(RoundId round);
}
