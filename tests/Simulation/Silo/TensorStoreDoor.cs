using Actors.Grains.Tensors;
using Actors.Simulation.Machines;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>TensorStoreGrain</c>: catalogue first, then the bytes that nobody may ask for any more, one file at a time.</summary>
internal sealed class TensorStoreDoor(SiloProcess silo) : Door(silo)
{
    private GrainStorage<TensorCatalogueState>? _opened;

    protected override bool MayBeCollected => true;

    private GrainStorage<TensorCatalogueState> Stored => _opened ??= Storage<TensorCatalogueState>("catalogue");

    protected override IEnumerator<Wait> ActivateAsync() => Stored.Read();

    public IEnumerator<Wait> PublishAsync(int round, IReadOnlyList<TensorBundle> bundles, int storedRounds, IReadOnlyList<int> pinned)
    {
        var isNewRound = Stored.State.Published.All(published => published.Round < round);
        yield return Part.Of(Stored.Save(TensorCatalogue.Publish(Stored.State, new(round, bundles), storedRounds, pinned)));
        if (!isNewRound && Silo.World.Mutation != Mutation.DeleteTooEarly)
        {
            yield break;
        }

        var kept = Stored.State.Published.SelectMany(published => published.Bundles).Select(bundle => bundle.Digest).ToHashSet();
        foreach (var digest in Silo.World.Tensors.Models.Where(digest => !kept.Contains(digest)))
        {
            yield return Silo.Delay(Silo.Dice.Milliseconds(0.01, 1));
            Silo.World.Tensors.DeleteModel(digest);
        }

        yield return Silo.Delay(Silo.Dice.Milliseconds(0.01, 1));
        Silo.World.Tensors.DeleteRoundsBefore(Silo.World.Mutation == Mutation.DeleteTooEarly ? round + 1 : round);
    }
}
