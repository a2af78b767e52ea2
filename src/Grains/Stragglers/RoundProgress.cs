namespace Actors.Grains.Stragglers;

/// <summary>How far a round is.</summary>
/// <param name="Assigned">How many collaborators have tasks this round.</param>
/// <param name="Complete">How many of them have reported all their tasks.</param>
/// <param name="Elapsed">The time since the first collaborator was given tasks; zero before.</param>
public readonly record struct RoundProgress(int Assigned, int Complete, TimeSpan Elapsed);
