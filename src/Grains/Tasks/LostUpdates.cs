using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Tensors;

namespace Actors.Grains.Tasks;

/// <summary>Finds accepted results that are gone, in whole or their bytes.</summary>
internal static class LostUpdates
{
    /// <summary>Whose results are not there any more, in the order given; empty when all are.</summary>
    public static IReadOnlyList<CollaboratorName> Find(
        ITensorStore store, RoundId round, IEnumerable<(CollaboratorName Collaborator, TaskReport? Report)> results) =>
        [.. results
            .Where(result => result.Report?.Bundles.Any(bundle => !store.Contains(TensorScope.Updates(round), bundle)) ?? true)
            .Select(result => result.Collaborator)];
}
