using Actors.Grains.Aggregation;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments;

/// <summary>What is persisted of an experiment. Its size does not grow with the rounds.</summary>
[GenerateSerializer, Immutable, Alias("experiment-state")]
public sealed record ExperimentState
{
    /// <summary>Where it is in its life.</summary>
    [Id(0)]
    public Lifecycle Lifecycle { get; init; }

    /// <summary>What was agreed; null before it is created.</summary>
    [Id(1)]
    public ExperimentDefinition? Definition { get; init; }

    /// <summary>The running round; after the end, the number of rounds that were run.</summary>
    [Id(2)]
    public int Round { get; init; }

    /// <summary>What the running round starts from: the newest model and, where it travels, the newest optimizer state.</summary>
    [Id(3)]
    public IReadOnlyList<TensorBundle> Current { get; init; } = [];

    /// <summary>The best model; null before there is a score.</summary>
    [Id(4)]
    public BestModel? Best { get; init; }

    /// <summary>What the last closed round came to; null before.</summary>
    [Id(5)]
    public RoundResult? LastResult { get; init; }

    /// <summary>Why it does not run; empty while it does.</summary>
    [Id(6)]
    public string Reason { get; init; } = "";

    /// <summary>What paused it, when it is paused.</summary>
    [Id(7)]
    public PauseCause Pause { get; init; }

    /// <summary>Whose parts the current control of steps is made of; null where the plan has none.</summary>
    [Id(8)]
    public ControlLedger? Controls { get; init; }
}

/// <summary>The best model so far.</summary>
/// <param name="Round">The round that started from it.</param>
/// <param name="Score">Its score by the plan's criterion.</param>
/// <param name="Model">The model.</param>
[GenerateSerializer, Immutable, Alias("best-model")]
public sealed record BestModel([property: Id(0)] int Round, [property: Id(1)] double Score, [property: Id(2)] TensorBundle Model);
