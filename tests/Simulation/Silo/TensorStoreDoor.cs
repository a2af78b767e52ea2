using Actors.Grains.Tensors;
using Actors.Simulation.Machines;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>TensorStoreGrain</c>: catalogue first, then the bytes that nobody may ask for any more, one file at a time.</summary>
internal sealed class TensorStoreDoor(SiloProcess silo) : Door(silo)
{
    private readonly GrainStorage<TensorCatalogueState> _storage = new(silo.World, silo, "catalogue");

    protected override bool MayBeCollected => true;

    protected override IEnumerator<Wait> ActivateAsync() => _storage.Read();

    public IEnumerator<Wait> PublishAsync(int round, IReadOnlyList<TensorBundle> bundles, int storedRounds, IReadOnlyList<int> pinned)
    {
        var isNewRound = _storage.State.Published.All(published => published.Round < round);
        yield return Part.Of(_storage.Save(TensorCatalogue.Publish(_storage.State, new(round, bundles), storedRounds, pinned)));
        if (!isNewRound && Silo.World.Mutation != Mutation.DeleteTooEarly)
        {
            yield break;
        }

        var kept = _storage.State.Published.SelectMany(published => published.Bundles).Select(bundle => bundle.Digest).ToHashSet();
        foreach (var digest in Silo.World.Tensors.Models.Where(digest => !kept.Contains(digest)))
        {
            yield return Silo.Delay(Silo.Dice.Milliseconds(0.01, 1));
            Silo.World.Tensors.DeleteModel(digest);
        }

        yield return Silo.Delay(Silo.Dice.Milliseconds(0.01, 1));
        Silo.World.Tensors.DeleteRoundsBefore(Silo.World.Mutation == Mutation.DeleteTooEarly ? round + 1 : round);
    }
}
