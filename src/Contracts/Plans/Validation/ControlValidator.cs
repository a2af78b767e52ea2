namespace Actors.Contracts.Plans;

/// <summary>What controls the steps of a training, SCAFFOLD's control variates or FedCurv's curvature, is of one task, and of rounds.</summary>
internal sealed class ControlValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        var tasks = plan.Tasks.Where(task => task.Rule.Template is { } rule && TaskPlan.HasControl(rule)).ToList();
        foreach (var task in tasks.Skip(1))
        {
            problems.Add(
                task.Rule.Map.Find(PlanKeys.Template)!,
                $"controls a training's steps, as {tasks[0].Rule.Template} of {tasks[0].Name} does already; one task of a plan can be controlled. Choose another rule.");
        }

        if (tasks.Count > 0 && plan.Straggler.Template == "async")
        {
            problems.Add(
                tasks[0].Rule.Map.Find(PlanKeys.Template)!,
                "needs rounds: what controls the steps of one round comes of those before. Choose another straggler policy than async.");
        }
    }
}
