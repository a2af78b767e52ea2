using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments;

/// <summary>Where an experiment is now, as far as a collaborator's next step depends on it.</summary>
/// <param name="Lifecycle">Where it is in its life.</param>
/// <param name="Round">The running round.</param>
/// <param name="Bundles">What the round starts from.</param>
/// <param name="Reason">Why it does not run; empty while it does.</param>
[GenerateSerializer, Immutable, Alias("current-round")]
public sealed record CurrentRound(
    [property: Id(0)] Lifecycle Lifecycle,
    [property: Id(1)] int Round,
    [property: Id(2)] IReadOnlyList<TensorBundle> Bundles,
    [property: Id(3)] string Reason);
