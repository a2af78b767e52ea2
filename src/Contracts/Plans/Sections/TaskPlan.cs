namespace Actors.Contracts.Plans;

/// <summary>One task of the plan's <c>tasks</c> section.</summary>
/// <param name="Name">1 to 64 letters, digits, <c>_</c> and <c>-</c>; unique in the plan.</param>
/// <param name="Function">The task runner's method that performs it.</param>
/// <param name="Arguments">The method's keyword arguments, without schema; may be empty.</param>
/// <param name="Apply">Which model the task works on; null when the plan does not say.</param>
/// <param name="Metrics">The metrics the task is to report, in the order of the plan; empty when the plan does not say.</param>
/// <param name="Rule">Our name of the rule that makes one model of the updates, or a class of the workspace. Default: <c>bounded_average</c>.</param>
/// <param name="RuleSettings">The rule's settings; without schema for a class of the workspace.</param>
/// <param name="HasOwnRule">Whether the rule is a class of the workspace.</param>
public sealed record TaskPlan(
    string Name,
    string Function,
    PlanSettings Arguments,
    TaskModel? Apply,
    IReadOnlyList<string> Metrics,
    string Rule,
    PlanSettings RuleSettings,
    bool HasOwnRule)
{
    /// <summary>The name of the rule that goes with control variates at the collaborators.</summary>
    public const string Scaffold = "scaffold";

    /// <summary>The name of the rule that goes with Fisher informations at the collaborators.</summary>
    public const string FedCurv = "fed_curv";

    /// <summary>Whether what a rule aggregates beside the model controls the collaborators' steps.</summary>
    public static bool HasControl(string rule) => rule is Scaffold or FedCurv;
}
