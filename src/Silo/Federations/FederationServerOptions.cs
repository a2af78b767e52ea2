using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Grains.Experiments;

namespace Actors.Silo.Federations;

/// <summary>What a long-lived federation's silo is started with: it takes experiments one after another.</summary>
/// <param name="name">The federation's name.</param>
public sealed class FederationServerOptions(string name) : SiloOptions
{
    /// <inheritdoc/>
    public override FederationId Federation { get; } = new(name);

    /// <summary>The folder in which each experiment has its own.</summary>
    public required string ExperimentsFolder { get; init; }

    /// <summary>What the aggregator's mind needs of a plan.</summary>
    public required Func<Plan, ExperimentPlan> PlanOf { get; init; }

    /// <summary>Who may take part now; asked again and again while the silo runs. Null for those of the start.</summary>
    public Func<IReadOnlyList<CollaboratorName>>? MembersNow { get; init; }

    /// <summary>How many experiments run side by side, at least 1. Default: 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The most bytes that an experiment's archive may have. Default: 1 GiB.</summary>
    public long LargestArchiveBytes { get; init; } = 1L << 30;

    /// <summary>The most bytes that an initial model may have. Default: 64 GiB.</summary>
    public long LargestModelBytes { get; init; } = 64L << 30;
}
