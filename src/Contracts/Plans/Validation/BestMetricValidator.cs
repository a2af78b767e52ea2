namespace Actors.Contracts.Plans;

/// <summary>The best model's criterion comes from a task of the plan.</summary>
internal sealed class BestMetricValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        var known = plan.Tasks.Select(task => task.Name).ToList();
        if (plan.Aggregator.Settings.Values.Find("best_metric") is PlanValue.Map best
            && best.Find("task") is PlanValue.Text task
            && !known.Contains(task.Value))
        {
            problems.Add(task, $"is not one of the plan's tasks; {Nearest.Sentence(task.Value, known)}");
        }
    }
}
