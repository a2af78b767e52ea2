using Actors.Contracts.Tensors;

using Orleans.Concurrency;

namespace Actors.Grains.Tensors;

/// <summary>The catalogue of an experiment's published tensors. Key: <c>federation/experiment</c>.</summary>
[Alias("tensor-store")]
public interface ITensorStoreGrain : IGrainWithStringKey
{
    /// <summary>
    /// Enters what a round starts from, and lets go of what nobody may ask for any more: published tensors of rounds further
    /// back than <paramref name="storedRounds"/>, except those of <paramref name="pinned"/> rounds, and the updates of closed
    /// rounds. Repeating it changes nothing.
    /// </summary>
    /// <param name="round">The round that starts from these tensors.</param>
    /// <param name="bundles">The tensors.</param>
    /// <param name="storedRounds">How many rounds' tensors are kept, this one included; at least 1.</param>
    /// <param name="pinned">Rounds whose tensors are kept in any case, such as the best.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("publish")]
    Task PublishAsync(
        int round, IReadOnlyList<TensorBundle> bundles, int storedRounds, IReadOnlyList<int> pinned, CancellationToken cancellationToken);

    /// <summary>The published bundle with a digest; null when there is none (any more).</summary>
    [Alias("find"), AlwaysInterleave]
    Task<TensorBundle?> FindAsync(TensorDigest digest);

    /// <summary>What a round starts from; empty when it is not kept (any more).</summary>
    [Alias("find-round"), AlwaysInterleave]
    Task<IReadOnlyList<TensorBundle>> GetRoundAsync(int round);
}
