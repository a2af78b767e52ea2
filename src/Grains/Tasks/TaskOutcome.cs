using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Grains.Aggregation;
using Actors.Grains.Tensors;

namespace Actors.Grains.Tasks;

/// <summary>What a task of a round came to.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Collaborators">How many collaborators' results it is made of.</param>
/// <param name="SampleCount">The samples they used together.</param>
/// <param name="Metrics">Their metrics, averaged by sample count.</param>
/// <param name="Bundles">The aggregated tensors, published; none for a validation.</param>
[GenerateSerializer, Immutable, Alias("task-outcome")]
public sealed record TaskOutcome(
    [property: Id(0)] string Task,
    [property: Id(1)] int Collaborators,
    [property: Id(2)] long SampleCount,
    [property: Id(3)] IReadOnlyList<Metric> Metrics,
    [property: Id(4)] IReadOnlyList<TensorBundle> Bundles)
{
    /// <summary>Whose updates a person should look at.</summary>
    [Id(5)]
    public IReadOnlyList<UpdateAlarm> Alarms { get; init; } = [];

    /// <summary>Whose results brought no model, though others' did.</summary>
    [Id(6)]
    public IReadOnlyList<CollaboratorName> WithoutUpdate { get; init; } = [];

    /// <summary>Whose parts the control of steps is made of, after this round; null where the rule has none.</summary>
    [Id(7)]
    public ControlLedger? Controls { get; init; }

    /// <summary>Whose control variate was lost, so that all begin again from zero; empty when none was.</summary>
    [Id(8)]
    public IReadOnlyList<CollaboratorName> LostControls { get; init; } = [];

    /// <summary>All that a person should look at, as sentences.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Alarms.Select(alarm => alarm.ToString()),
        .. WithoutUpdate.Select(name => $"{name} reported {Task} without a model, which others brought; its metrics count, its samples move nothing."),
        .. LostControls.Select(name => $"{name} no longer has the control variate that {Task} counts on; those of all begin again from zero."),
    ];
}
