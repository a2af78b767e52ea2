using Actors.Contracts.Identity;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Whose parts the control of the collaborators' steps is made of: SCAFFOLD's c = (1/N) Σ cᵢ and FedCurv's sums hold for exactly these. A
/// collaborator learns from it which of its own counts, since a result that was handed in need not have been counted.
/// </summary>
/// <param name="Members">N: how many collaborators the federation has.</param>
/// <param name="Rounds">For each collaborator, the round whose part of its own is in the control. That of one that is not here is zero.</param>
[GenerateSerializer, Immutable, Alias("control-ledger")]
public sealed record ControlLedger(
    [property: Id(0)] int Members, [property: Id(1)] IReadOnlyDictionary<CollaboratorName, int> Rounds)
{
    /// <summary>The ledger in which nobody has a part yet.</summary>
    public static ControlLedger Empty(int members) => new(members, new Dictionary<CollaboratorName, int>());

    /// <summary>The round whose part counts; null when it is zero.</summary>
    public int? RoundOf(CollaboratorName collaborator) => Rounds.TryGetValue(collaborator, out var round) ? round : null;

    /// <summary>The ledger after a round's were counted.</summary>
    public ControlLedger With(int members, int round, IEnumerable<CollaboratorName> counted)
    {
        var rounds = new Dictionary<CollaboratorName, int>(Rounds);
        foreach (var name in counted)
        {
            rounds[name] = round;
        }

        return new(members, rounds);
    }

    /// <summary>
    /// Whether c is the mean over these members. With others it is not, and nobody's part could be taken out of it.
    /// </summary>
    public bool IsOf(IReadOnlyCollection<CollaboratorName> members) =>
        Rounds.Count == 0 || (Members == members.Count && members.ToHashSet().IsSupersetOf(Rounds.Keys));
}
