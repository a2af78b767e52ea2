namespace Actors.Contracts.Plans;

/// <summary>
/// What the parties of a federation agree on before it begins: who does what, with which settings. Immutable and fully
/// checked; <see cref="PlanReader"/> makes it.
/// </summary>
public sealed record Plan
{
    internal Plan(PlanDocument document)
    {
        Document = document;
        Canonical = CanonicalPlan.Of(document);
        Hash = PlanHash.OfCanonical(Canonical);
    }

    /// <summary>The plan as keys and values, merged with its defaults files.</summary>
    public PlanDocument Document { get; }

    /// <summary>The text that all spellings of this plan share; what a collaborator sends when its hash is refused.</summary>
    public string Canonical { get; }

    /// <summary>The hash of <see cref="Canonical"/>. It changes when an <c>auto</c> of the network is resolved.</summary>
    public PlanHash Hash { get; }

    /// <summary>Rounds, model files and the best model's criterion.</summary>
    public required AggregatorPlan Aggregator { get; init; }

    /// <summary>How a collaborator treats its optimizer and updates.</summary>
    public required CollaboratorPlan Collaborator { get; init; }

    /// <summary>The workspace's data loader.</summary>
    public required DataLoaderPlan DataLoader { get; init; }

    /// <summary>The workspace's task runner.</summary>
    public required TaskRunnerPlan TaskRunner { get; init; }

    /// <summary>Where the aggregator is and how it is reached.</summary>
    public required NetworkPlan Network { get; init; }

    /// <summary>Who gets which tasks.</summary>
    public required AssignerPlan Assigner { get; init; }

    /// <summary>The tasks in the order of the plan, defaults file first; at least one, names unique.</summary>
    public required IReadOnlyList<TaskPlan> Tasks { get; init; }

    /// <summary>How tensors are packed for the wire.</summary>
    public required CompressionPlan Compression { get; init; }

    /// <summary>When a round ends without everybody.</summary>
    public required StragglerPlan Straggler { get; init; }

    /// <summary>Whether address and port are known; an unresolved plan can be checked and hashed but not run.</summary>
    public bool IsResolved => Network is { AggregatorAddress: not null, AggregatorPort: not null };
}
