namespace Actors.Grains.Experiments;

/// <summary>What makes a round's model the best so far.</summary>
/// <param name="Task">The task that measures it: one that validates the global model.</param>
/// <param name="Metric">The metric, averaged over the collaborators.</param>
/// <param name="HigherIsBetter">False for a loss.</param>
[GenerateSerializer, Immutable, Alias("best-criterion")]
public sealed record BestCriterion(
    [property: Id(0)] string Task,
    [property: Id(1)] string Metric,
    [property: Id(2)] bool HigherIsBetter)
{
    /// <summary>Whether a score beats another; any score beats none, and a score that is no number beats nothing.</summary>
    public bool Beats(double score, double? best) =>
        !double.IsNaN(score) && (best is not { } other || (HigherIsBetter ? score > other : score < other));
}
