using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Hosting;

namespace Actors.Grains.Tensors;

internal sealed class TensorStoreGrain(
    [PersistentState("tensor-catalogue")] IPersistentState<TensorCatalogueState> storage,
    ITensorStore store) : Grain, ITensorStoreGrain
{
    private ExperimentId Id => ExperimentId.Parse(this.GetPrimaryKeyString());

    public async Task PublishAsync(
        int round, IReadOnlyList<TensorBundle> bundles, int storedRounds, IReadOnlyList<int> pinned, CancellationToken cancellationToken)
    {
        var isNewRound = storage.State.Published.All(published => published.Round < round);
        await storage.SaveAsync(
            this, TensorCatalogue.Publish(storage.State, new(round, bundles), storedRounds, pinned), cancellationToken);

        if (!isNewRound)
        {
            return; // The round may be under way, and its aggregates lie in the store before anybody publishes them.
        }

        // Catalogue first, bytes afterwards: a crash between leaves bytes too many until the next round, never an entry without bytes.
        var kept = storage.State.Published.SelectMany(published => published.Bundles)
            .SelectMany(bundle => (TensorDigest[])[bundle.Digest, bundle.StoredDigest]).ToHashSet();
        await Task.Run(
            () =>
            {
                var models = TensorScope.Models(Id);
                foreach (var digest in store.List(models).Where(digest => !kept.Contains(digest)))
                {
                    store.Delete(models, digest);
                }

                store.DeleteRoundsBefore(new RoundId(Id, round));
            },
            cancellationToken);
    }

    public Task<TensorBundle?> FindAsync(TensorDigest digest) => Task.FromResult(
        storage.State.Published.SelectMany(published => published.Bundles).FirstOrDefault(bundle => bundle.Digest == digest));

    public Task<IReadOnlyList<TensorBundle>> GetRoundAsync(int round) =>
        Task.FromResult(storage.State.Published.FirstOrDefault(published => published.Round == round)?.Bundles ?? []);
}
