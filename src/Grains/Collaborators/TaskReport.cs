using Actors.Contracts.Metrics;
using Actors.Grains.Tensors;

namespace Actors.Grains.Collaborators;

/// <summary>A task's result as a collaborator reports it. Its tensors, if any, are in the store already.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="SampleCount">The samples used: the weight of metrics and update; at least 1.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="Bundles">The update: at most one bundle a kind; none for a validation.</param>
[GenerateSerializer, Immutable, Alias("task-report")]
public sealed record TaskReport(
    [property: Id(0)] string Task,
    [property: Id(1)] long SampleCount,
    [property: Id(2)] IReadOnlyList<Metric> Metrics,
    [property: Id(3)] IReadOnlyList<TensorBundle> Bundles)
{
    /// <summary>The round whose control variate the reported one is a change of; null when that is zero, or no change of one is reported.</summary>
    [Id(4)]
    public int? ControlRound { get; init; }
}
