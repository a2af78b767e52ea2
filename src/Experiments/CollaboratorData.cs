using Actors.Learning.Torch;

namespace Actors.Experiments;

/// <summary>What one collaborator has.</summary>
/// <param name="Name">The collaborator's label; letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
/// <param name="Train">What it trains on; null for one that only validates.</param>
/// <param name="Validation">What it measures on; null for one that only trains.</param>
public sealed record CollaboratorData(string Name, Samples? Train, Samples? Validation);
