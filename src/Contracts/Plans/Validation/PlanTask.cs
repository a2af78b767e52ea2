namespace Actors.Contracts.Plans;

/// <summary>A task as written: what validators and the builder see of it.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Place">Where the name is written.</param>
/// <param name="Fields">Function and keyword arguments.</param>
/// <param name="Rule">The aggregation type.</param>
/// <param name="HasOwnRule">Whether that is a class of the workspace.</param>
internal sealed record PlanTask(string Name, PlanPlace Place, PlanSettings Fields, PlanSection Rule, bool HasOwnRule)
{
    /// <summary>The keyword arguments; empty when there are none.</summary>
    public PlanValue.Map Arguments => Fields.Find("kwargs") as PlanValue.Map ?? new([], Fields.Values.PathOf("kwargs"), Place);

    /// <summary>Whether the task works on the aggregated model.</summary>
    public bool IsGlobal => Arguments.Find("apply") is PlanValue.Text { Value: "global" };
}
