using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Grains.Aggregation;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments;

/// <summary>Where an experiment is now, as far as a collaborator's next step depends on it.</summary>
/// <param name="Lifecycle">Where it is in its life.</param>
/// <param name="Round">The running round.</param>
/// <param name="Bundles">What the round starts from.</param>
/// <param name="Reason">Why it does not run; empty while it does.</param>
/// <param name="HandsOutWork">Whether collaborators are given work.</param>
/// <param name="IsAsynchronous">Whether collaborators go on in turns of their own, and rounds are versions of the model.</param>
[GenerateSerializer, Immutable, Alias("current-round")]
public sealed record CurrentRound(
    [property: Id(0)] Lifecycle Lifecycle,
    [property: Id(1)] int Round,
    [property: Id(2)] IReadOnlyList<TensorBundle> Bundles,
    [property: Id(3)] string Reason,
    [property: Id(4)] bool HandsOutWork,
    [property: Id(5)] bool IsAsynchronous)
{
    /// <summary>How the next model's change is encoded for those who hold this one; null when models are published whole.</summary>
    [Id(6)]
    public CompressionPipeline? Publishing { get; init; }

    /// <summary>Whose parts the current control of steps is made of; null where the plan has none.</summary>
    [Id(7)]
    public ControlLedger? Controls { get; init; }

    /// <summary>What a collaborator starts from: all but what is the aggregator's own.</summary>
    public IReadOnlyList<TensorBundle> HandedOut => [.. Bundles.Where(bundle => !BundleKinds.IsServerState(bundle.Kind))];

    /// <summary>Where an experiment is by its state.</summary>
    public static CurrentRound Of(ExperimentState state) => new(
        state.Lifecycle,
        state.Round,
        state.Current,
        state.Reason,
        state.Lifecycle == Lifecycle.Running || state is { Lifecycle: Lifecycle.Paused, Pause: PauseCause.Collaborators },
        state.Definition?.Plan.IsAsynchronous ?? false)
    {
        Publishing = state.Definition?.Plan.Publishing,
        Controls = state.Controls,
    };

    /// <summary>Where the store keeps what a collaborator reports.</summary>
    /// <param name="collaborator">The collaborator.</param>
    /// <param name="round">The round it reports; in an asynchronous experiment, its turn.</param>
    public TensorScope UpdatesOf(CollaboratorName collaborator, RoundId round) =>
        IsAsynchronous ? TensorScope.Turn(new(round.Experiment, collaborator), round.Number) : TensorScope.Updates(round);

    /// <summary>Whether nothing more can come of a round: a later one runs, or there will be no more.</summary>
    public bool IsPast(int round) => Round > round || Lifecycle.HasEnded();
}
