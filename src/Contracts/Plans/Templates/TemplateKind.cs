namespace Actors.Contracts.Plans;

/// <summary>What a template name chooses. Data loaders and task runners are not among these: their templates name classes of the workspace.</summary>
public enum TemplateKind
{
    /// <summary>The aggregator; there is one.</summary>
    Aggregator,

    /// <summary>The collaborator; there is one.</summary>
    Collaborator,

    /// <summary>The network; there is one.</summary>
    Network,

    /// <summary>Who does which tasks in a round.</summary>
    Assigner,

    /// <summary>When a round ends without everybody.</summary>
    StragglerPolicy,

    /// <summary>How tensors are packed for the wire.</summary>
    CompressionPipeline,

    /// <summary>How the updates of a task become one model.</summary>
    AggregationRule,
}
