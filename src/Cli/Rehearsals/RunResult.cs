using Actors.Cli.Composition;

namespace Actors.Cli.Rehearsals;

/// <summary>What a run of a federation left.</summary>
/// <param name="Rounds">Its closed rounds.</param>
/// <param name="Sha256">The digest of its last model's file.</param>
/// <param name="Results">What became of the acknowledged results.</param>
internal sealed record RunResult(IReadOnlyList<RoundLine> Rounds, string Sha256, AcceptedResults Results)
{
    /// <summary>Whether the same collaborators counted in every round: only then must the models be the same.</summary>
    public bool CountedLike(RunResult other) =>
        Rounds.Count == other.Rounds.Count
        && Rounds.Zip(other.Rounds).All(pair => pair.First.Round == pair.Second.Round && pair.First.Counted.SequenceEqual(pair.Second.Counted));
}
