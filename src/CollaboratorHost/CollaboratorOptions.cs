using Actors.Contracts.Compression;
using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;

namespace Actors.CollaboratorHost;

/// <summary>What one collaborator process is told at its start.</summary>
public sealed record CollaboratorOptions
{
    /// <summary>The collaborator's label: the common name of its certificate.</summary>
    public required string Collaborator { get; init; }

    /// <summary>The gateway's addresses, <c>https://host:port</c>; when one fails the next is tried.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The folder for what processes keep for themselves. This one writes below <c>collaborators/NAME</c> in it.</summary>
    public required string StateFolder { get; init; }

    /// <summary>SHA-384 of the plan's canonical form, in hexadecimal.</summary>
    public required string PlanHash { get; init; }

    /// <summary>The plan's canonical form, so that a difference can be named.</summary>
    public required string Plan { get; init; }

    /// <summary>SHA-384 over the workspace's sources and built assemblies, in hexadecimal.</summary>
    public required string WorkspaceHash { get; init; }

    /// <summary>The experiment to join, <c>federation/experiment</c>; empty where the aggregator runs one only. Default: empty.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>What becomes of the optimizer's state between rounds. Default: it is reset.</summary>
    public OptimizerTreatment OptimizerTreatment { get; init; } = OptimizerTreatment.Reset;

    /// <summary>Patterns of the names of tensors that stay here, <c>*</c> standing for any text (FedBN). Default: none.</summary>
    public IReadOnlyList<string> LocalTensors { get; init; } = [];

    /// <summary>What is done to updates before they travel. Default: nothing.</summary>
    public CompressionPipeline Compression { get; init; } = CompressionPipeline.None;

    /// <summary>Whether updates travel as changes of the model they answer. Default: false.</summary>
    public bool DeltaUpdates { get; init; }

    /// <summary>The training whose steps are controlled by what others learnt (SCAFFOLD, FedCurv). Default: none.</summary>
    public ControlledTask? Controlled { get; init; }

    /// <summary>
    /// How long to wait before the first new attempt after a failed call, at most; doubled with each failure. Default: 0.2 seconds.
    /// </summary>
    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The longest wait between two attempts. Default: 10 seconds.</summary>
    public TimeSpan LongestReconnectInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a task that threw is run again before the process gives up. Default: 3.</summary>
    public int TaskRetries { get; init; } = 3;

    /// <summary>
    /// Whether the process gives up when a result is refused, as where no round closes without it; otherwise it goes on with the next
    /// round. Default: false.
    /// </summary>
    public bool EndsWhenRefused { get; init; }

    /// <summary>
    /// A file that gets a JSON line for every round's tasks that are asked for and every result that is acknowledged. Default:
    /// none.
    /// </summary>
    public string? AcknowledgementLog { get; init; }

    /// <summary>A file that gets a JSON line with the metrics of every task that is done; its folder is there. Default: none.</summary>
    public string? MetricsLog { get; init; }

    /// <summary>A TensorBoard event file for the same metrics. Default: none.</summary>
    public string? EventFile { get; init; }

    /// <summary>Hears what tasks measure; what it throws is logged. Default: nobody.</summary>
    public HearMetric? HearMetric { get; init; }

    /// <summary>Everything that is wrong with the options, a sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems() => [.. CollaboratorOptionsValidator.Problems(this)];
}
