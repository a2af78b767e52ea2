using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Silo.OpenFl;

namespace Actors.Silo;

/// <summary>What an aggregator process is started with.</summary>
public sealed class AggregatorOptions
{
    /// <summary>The experiment to run; its federation's name goes before it.</summary>
    public required ExperimentId Experiment { get; init; }

    /// <summary>Who may take part.</summary>
    public required IReadOnlyList<CollaboratorName> Members { get; init; }

    /// <summary>What was agreed. Its initial model's bytes are in <see cref="StoreFolder"/> already.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The aggregator's certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Where the gateway listens. Port 0 takes any that is free.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>The TLS versions that are spoken. Default: 1.3 only.</summary>
    public SslProtocols TlsVersions { get; init; } = SslProtocols.Tls13;

    /// <summary>The path of the socket for the operator's commands; null for none.</summary>
    public string? OperatorSocket { get; init; }

    /// <summary>The database file.</summary>
    public required string DatabaseFile { get; init; }

    /// <summary>The tensor store's folder.</summary>
    public required string StoreFolder { get; init; }

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

    /// <summary>What an acknowledged result survives. Default: the death of the process.</summary>
    public Durability Durability { get; init; } = Durability.ProcessCrash;

    /// <summary>How long a collaborator counts as present after its last call. Default: 60 seconds.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call for work is held open. Default: 30 seconds.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the process waits, after the experiment has ended, for collaborators that have not been told. Default: 30 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);
}
