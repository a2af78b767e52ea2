namespace Actors.Grains.Aggregation;

/// <summary>A rule's decision: the next model is Σ cₖ yₖ + c x, with the updates yₖ and the current model x.</summary>
/// <param name="Updates">Each update's coefficient cₖ; 0 for one that is left out, never less.</param>
/// <param name="Model">The current model's coefficient c, at least 0: what is missing from the updates' to 1.</param>
public sealed record Weighing(IReadOnlyList<double> Updates, double Model = 0);
