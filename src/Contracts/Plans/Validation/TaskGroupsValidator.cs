using System.Globalization;

namespace Actors.Contracts.Plans;

/// <summary>Groups have names of their own, name tasks that exist, and share out the collaborators exactly once.</summary>
internal sealed class TaskGroupsValidator : IPlanValidator
{
    private const double Tolerance = 0.01;

    public void Check(PlanSections plan, PlanProblems problems)
    {
        if (plan.HasOwnAssigner || plan.Assigner.Settings.Values.Find("task_groups") is not PlanValue.Items list)
        {
            return;
        }

        var groups = list.Values.OfType<PlanValue.Map>().ToList();
        CheckUnique(groups.Select(group => group.Find("name")), "is the name of two groups; give each its own.", problems);
        CheckUnique(groups.SelectMany(group => Values(group, "collaborators")), "is in two groups; a collaborator belongs to one.", problems);
        foreach (var group in groups)
        {
            CheckUnique(Values(group, "tasks"), "is twice in the group; name a task once.", problems);
            CheckTasks(group, plan, problems);
        }

        if (plan.Assigner.Template == "fraction" && groups.Count > 1)
        {
            problems.Add(list.Path, list.Place, $"has {groups.Count} groups; the fraction assigner gives all it draws the tasks of one.");
        }

        CheckPercentages(list, groups, problems);
    }

    private static void CheckTasks(PlanValue.Map group, PlanSections plan, PlanProblems problems)
    {
        var known = plan.Tasks.Select(task => task.Name).ToList();
        foreach (var task in Values(group, "tasks").OfType<PlanValue.Text>().Where(task => !known.Contains(task.Value)))
        {
            problems.Add(task, $"is not one of the plan's tasks; {Nearest.Sentence(task.Value, known)}");
        }
    }

    // As in the original, three times 0.33 is meant as one.
    private static void CheckPercentages(PlanValue.Items list, List<PlanValue.Map> groups, PlanProblems problems)
    {
        double? sum = groups.Count == 0 ? null : 0;
        foreach (var group in groups)
        {
            sum += group.Find("percentage") switch
            {
                PlanValue.Number { Value: >= 0 and <= 1 and var fraction } => fraction,
                PlanValue.Whole { Value: >= 0 and <= 1 and var whole } => whole,
                _ => null,
            };
        }

        if (sum is { } total && Math.Abs(total - 1) > Tolerance + 1e-9)
        {
            var shown = total.ToString("0.####", CultureInfo.InvariantCulture);
            problems.Add(list.Path, list.Place, $"percentages sum to {shown}; make them sum to 1.");
        }
    }

    private static void CheckUnique(IEnumerable<PlanValue?> values, string message, PlanProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in values.OfType<PlanValue.Text>().Where(text => !seen.Add(text.Value)))
        {
            problems.Add(text, message);
        }
    }

    private static IReadOnlyList<PlanValue> Values(PlanValue.Map group, string key) => (group.Find(key) as PlanValue.Items)?.Values ?? [];
}
