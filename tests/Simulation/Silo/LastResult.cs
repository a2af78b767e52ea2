using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>What the experiment knows of the round that ended last: how two findings would be mended.</summary>
internal static class LastResult
{
    public static IEnumerator<Wait> CountsAsync(SiloProcess silo, RoundId round, CollaboratorName collaborator, Reply<bool> counts)
    {
        var state = silo.Experiment.Ask<ExperimentState>(0, (door, answer) => door.GetStateAsync(answer), "state", interleaves: true);
        yield return state;
        counts.Value = state.Value.LastResult is { } last && last.Number == round.Number && last.Counted.Contains(collaborator);
    }
}
