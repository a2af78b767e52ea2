namespace Actors.Grains.Tensors;

/// <summary>Decides what stays in the catalogue.</summary>
internal static class TensorCatalogue
{
    /// <summary>The catalogue after a round's tensors are entered and those that are too old are let go.</summary>
    public static TensorCatalogueState Publish(
        TensorCatalogueState catalogue, PublishedTensors entry, int storedRounds, IReadOnlyList<int> pinned) =>
        // A round is entered once: a repeated call, or one that comes too late, changes nothing.
        catalogue.Published.Any(old => old.Round >= entry.Round) ? catalogue : new()
        {
            Published =
            [
                .. catalogue.Published.Where(old =>
                    old.Round < entry.Round && (old.Round > entry.Round - storedRounds || pinned.Contains(old.Round))),
                entry,
            ],
        };
}
