namespace Actors.Contracts.Plans;

/// <summary>SCAFFOLD's control variates are those of one training, and of rounds.</summary>
internal sealed class ScaffoldValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        var tasks = plan.Tasks.Where(task => task.Rule.Template == TaskPlan.Scaffold).ToList();
        foreach (var task in tasks.Skip(1))
        {
            problems.Add(
                task.Rule.Map.Find(PlanKeys.Template)!,
                $"is the rule of {tasks[0].Name} already; the control variates are those of one task. Give the other one another rule.");
        }

        if (tasks.Count > 0 && plan.Straggler.Template == "async")
        {
            problems.Add(
                tasks[0].Rule.Map.Find(PlanKeys.Template)!,
                "needs rounds: control variates are changes of those that a round started with. Choose another straggler policy than async.");
        }
    }
}
