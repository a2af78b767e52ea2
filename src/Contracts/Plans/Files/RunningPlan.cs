namespace Actors.Contracts.Plans;

/// <summary>The plan that a workspace runs: the frozen copy where there is one, else <c>plan/plan.yaml</c>.</summary>
/// <param name="Result">The plan, or what is wrong with it.</param>
/// <param name="Frozen">The frozen copy it was read from; null when nothing is frozen.</param>
/// <param name="Difference">
/// Where <c>plan.yaml</c> ("here") has come to differ from the frozen copy ("there"); a warning, since the frozen copy runs.
/// Null when they agree, when nothing is frozen, and when <c>plan.yaml</c> cannot be read as a plan any more.
/// </param>
public sealed record RunningPlan(PlanResult Result, FrozenPlan? Frozen, PlanDifference? Difference)
{
    /// <summary>Reads the plan that a workspace runs.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="reader">How to read and check it.</param>
    public static RunningPlan Read(string workspace, PlanReader reader)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        ArgumentNullException.ThrowIfNull(reader);
        var written = reader.ReadWorkspace(workspace);
        var copies = FrozenPlan.FindAll(workspace);
        if (copies.Count == 0)
        {
            return new RunningPlan(written, null, null);
        }

        // With several copies, the one that plan.yaml still says is meant.
        var frozen = copies.Count == 1 ? copies[0] : copies.FirstOrDefault(copy => copy.ShortHash == written.Plan?.Hash.Short);
        return frozen is null ? new RunningPlan(Several(copies), null, null) : ReadFrozen(workspace, reader, written, frozen);
    }

    private static RunningPlan ReadFrozen(string workspace, PlanReader reader, PlanResult written, FrozenPlan frozen)
    {
        var result = reader.ReadFile(workspace, frozen.Path);
        if (result.Plan is { } plan && plan.Hash.Short != frozen.ShortHash)
        {
            var problems = new PlanProblems();
            problems.Add(frozen.Path, default, $"was changed after it was frozen, its hash begins with {plan.Hash.Short}; delete it and freeze the plan again.");
            return new RunningPlan(new PlanResult(null, problems), frozen, null);
        }

        var difference = written.Plan is { } edited && result.Plan is { } running
            ? PlanDifference.First(edited.Canonical, running.Canonical)
            : null;
        return new RunningPlan(result, frozen, difference);
    }

    private static PlanResult Several(IReadOnlyList<FrozenPlan> copies)
    {
        var problems = new PlanProblems();
        var names = string.Join(", ", copies.Select(copy => copy.Path));
        problems.Add(PlanFolder.Plan, default, $"is none of the frozen plans {names}; delete those that are not meant to run.");
        return new PlanResult(null, problems);
    }
}
