using Actors.Learning.Torch;

namespace Actors.Experiments;

/// <summary>What one collaborator has.</summary>
/// <param name="Name">The collaborator's label; letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
/// <param name="Train">What it trains on; null for one that only validates.</param>
/// <param name="Validation">What it measures on; null for one that only trains.</param>
public sealed record CollaboratorData(string Name, Samples? Train, Samples? Validation)
{
    /// <summary>
    /// How it trains, where that is not how the others do: another optimizer, another loss, an attacker's. The network has the same
    /// tensors. Default: null, as the others.
    /// </summary>
    public FederatedModel? Model { get; init; }
}
