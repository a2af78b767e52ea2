namespace Actors.Contracts.Plans;

/// <summary>The names of a plan's sections and of the keys every section may have.</summary>
internal static class PlanKeys
{
    public const string Aggregator = "aggregator";
    public const string Collaborator = "collaborator";
    public const string DataLoader = "data_loader";
    public const string TaskRunner = "task_runner";
    public const string Network = "network";
    public const string Assigner = "assigner";
    public const string Tasks = "tasks";
    public const string Compression = "compression_pipeline";
    public const string Straggler = "straggler_handling_policy";

    public const string Template = "template";
    public const string Settings = "settings";
    public const string Defaults = "defaults";

    /// <summary>What <c>agg_addr</c> and <c>agg_port</c> say until the plan is initialised.</summary>
    public const string Auto = "auto";

    public static readonly IReadOnlyList<string> Sections =
        [Aggregator, Collaborator, DataLoader, TaskRunner, Network, Assigner, Tasks, Compression, Straggler];
}
