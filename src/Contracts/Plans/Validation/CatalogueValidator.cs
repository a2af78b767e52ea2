namespace Actors.Contracts.Plans;

/// <summary>Everything the plan expects of the workspace's code is there. A part of the catalogue that is null is not checked.</summary>
internal sealed class CatalogueValidator(IWorkspaceCatalogue catalogue) : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        CheckClass(plan.DataLoader, catalogue.DataLoaders, "a data loader", problems);
        CheckClass(plan.TaskRunner, catalogue.TaskRunners, "a task runner", problems);
        if (plan.HasOwnAssigner)
        {
            CheckClass(plan.Assigner, catalogue.Assigners, "an assigner", problems);
        }

        if (plan.MetricCallback is { } callback)
        {
            CheckClass(callback, catalogue.MetricCallbacks, "a metric callback", problems);
        }

        CheckSettings(plan.DataLoader, problems);
        CheckSettings(plan.TaskRunner, problems);
        foreach (var task in plan.Tasks.Where(task => task.HasOwnRule))
        {
            CheckClass(task.Rule, catalogue.AggregationRules, "an aggregation rule", problems);
        }

        if (plan.TaskRunner.Template is { } runner && catalogue.FunctionsOf(runner) is { } functions)
        {
            foreach (var task in plan.Tasks)
            {
                CheckTask(task, runner, functions, problems);
            }
        }
    }

    private void CheckSettings(PlanSection section, PlanProblems problems)
    {
        if (section.Template is { } name && catalogue.SettingsOf(name) is { } settings)
        {
            SettingsSchema.Check(section.Settings.Values, [.. settings], problems);
        }
    }

    private static void CheckClass(PlanSection section, IReadOnlyCollection<string>? known, string kind, PlanProblems problems)
    {
        if (known is not null && section.Template is { } name && !known.Contains(name))
        {
            problems.Add(section.Map.Find(PlanKeys.Template)!, $"is not {kind} of the workspace; {Nearest.Sentence(name, [.. known])}");
        }
    }

    private static void CheckTask(PlanTask task, string runner, IReadOnlyCollection<TaskFunction> functions, PlanProblems problems)
    {
        if (task.Fields.Values.Find("function") is not PlanValue.Text written)
        {
            return;
        }

        if (functions.FirstOrDefault(function => function.Name == written.Value) is not { } found)
        {
            var known = Nearest.Sentence(written.Value, [.. functions.Select(function => function.Name)]);
            problems.Add(written, $"is not a task function of {runner}; {known}");
            return;
        }

        var own = found.Parameters.Select(parameter => parameter.Key);
        var common = SectionSettings.CommonArguments.Where(argument => !own.Contains(argument.Key));
        SettingsSchema.Check(task.Arguments, [.. found.Parameters, .. common], problems);
    }
}
