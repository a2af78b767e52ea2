using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Silo.OpenFl;

namespace Actors.Silo;

/// <summary>What an aggregator process is started with: a silo for one experiment.</summary>
public sealed class AggregatorOptions : SiloOptions
{
    /// <summary>The experiment to run; its federation's name goes before it.</summary>
    public required ExperimentId Experiment { get; init; }

    /// <inheritdoc/>
    public override FederationId Federation => Experiment.Federation;

    /// <summary>What was agreed. Its initial model's bytes are in <see cref="SiloOptions.StoreFolder"/> already.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The path of the socket for the operator's commands; null for none.</summary>
    public string? OperatorSocket { get; init; }

    /// <summary>Where model files and metrics are written.</summary>
    public required ExperimentFilePaths Files { get; init; }

    /// <summary>The aggregation rules that the plan can name. Default: those of every aggregator.</summary>
    public AggregationRules Rules { get; init; } = AggregationRules.BuiltIn;

    /// <summary>The assigners that the plan can name. Default: those of every aggregator.</summary>
    public Assigners Assigners { get; init; } = Assigners.BuiltIn;

    /// <summary>Hears the metrics that each round came to; what it throws is logged. Null for nobody.</summary>
    public HearMetric? HearMetric { get; init; }

    /// <summary>Is told what a round came to once it is in the files; called by one thread at a time. Null for nobody.</summary>
    public IProgress<RoundResult>? Rounds { get; init; }

    /// <summary>How the original's collaborators are served; null when they are not.</summary>
    public OpenFlOptions? OpenFl { get; init; }

    /// <summary>How long the process waits, after the experiment has ended, for collaborators that have not been told. Default: 30 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
}
