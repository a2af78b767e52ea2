using Actors.Grains.Aggregation;
using Actors.Grains.Tensors;

namespace Actors.Grains.Collaborators;

/// <summary>What a collaborator has to do.</summary>
/// <param name="Kind">Whether there is work.</param>
/// <param name="Round">The running round, from 0.</param>
/// <param name="Tasks">The tasks that are open, in order; empty unless there is work.</param>
/// <param name="Bundles">The tensors they start from.</param>
/// <param name="Reason">Why there is none; empty when there is.</param>
[GenerateSerializer, Immutable, Alias("work-answer")]
public sealed record WorkAnswer(
    [property: Id(0)] WorkKind Kind,
    [property: Id(1)] int Round,
    [property: Id(2)] IReadOnlyList<string> Tasks,
    [property: Id(3)] IReadOnlyList<TensorBundle> Bundles,
    [property: Id(4)] string Reason)
{
    /// <summary>The round whose part of the collaborator's own is in the control of its steps; null when none is. See <see cref="ControlLedger"/>.</summary>
    [Id(5)]
    public int? ControlRound { get; init; }

    /// <summary>Nothing yet.</summary>
    public static WorkAnswer Wait(int round, string reason) => new(WorkKind.Wait, round, [], [], reason);

    /// <summary>Nothing more.</summary>
    public static WorkAnswer Stop(int round, bool finished, string reason) =>
        new(finished ? WorkKind.Finished : WorkKind.Stopped, round, [], [], reason);
}
