namespace Actors.Contracts.Plans;

/// <summary>Freezes a workspace's plan: from then on the frozen copy runs, whatever becomes of <c>plan.yaml</c> and the defaults files.</summary>
public static class PlanFreezer
{
    /// <summary>
    /// Writes the merged plan to <c>plan/plan_&lt;first 8 hex digits&gt;.yaml</c>, readable by the owner only and writable by nobody,
    /// whole or not at all. Freezing the same plan again leaves the copy as it is.
    /// </summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="plan">A resolved plan.</param>
    /// <exception cref="ArgumentException">The plan is not resolved.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FrozenPlan Freeze(string workspace, Plan plan)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.IsResolved)
        {
            throw new ArgumentException("The plan's address or port is still auto; initialise the plan before it is frozen.", nameof(plan));
        }

        var frozen = FrozenPlan.Of(plan.Hash);
        var path = Path.Combine(workspace, frozen.Path);
        if (!File.Exists(path))
        {
            PlanFolder.Write(path, $"# Frozen: {plan.Hash}\n{plan.Document.ToYaml()}", isReadOnly: true);
        }

        return frozen;
    }
}
