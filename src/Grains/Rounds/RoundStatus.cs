namespace Actors.Grains.Rounds;

/// <summary>How far a round is, for a person.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Assigned">How many collaborators have tasks.</param>
/// <param name="Complete">How many have reported all of theirs.</param>
[GenerateSerializer, Immutable, Alias("round-status")]
public sealed record RoundStatus([property: Id(0)] RoundPhase Phase, [property: Id(1)] int Assigned, [property: Id(2)] int Complete);
