using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Grains.Aggregation;
using Actors.Learning.Settings;
using Actors.Learning.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>The aggregation rules of a plan: ours, and the classes of the workspace that it names.</summary>
internal static class OwnRules
{
    /// <summary>Loads the workspace's code only when the plan names a class of it; the aggregator runs nobody's code otherwise.</summary>
    /// <exception cref="CommandException">A class is not there or does not take its settings.</exception>
    public static AggregationRules Of(WorkspaceLayout layout, Plan plan)
    {
        var tasks = plan.Tasks.Where(task => task.HasOwnRule).ToList();
        if (tasks.Count == 0)
        {
            return AggregationRules.BuiltIn;
        }

        if (OriginalWorkspace.Is(layout))
        {
            throw new CommandException(
                $"Task '{tasks[0].Name}' names {tasks[0].Rule} as its aggregation_type. The aggregator runs no Python; choose one of {string.Join(", ", AggregationRules.BuiltIn.Names)}.");
        }

        // It stays loaded as long as its rules are used.
        var code = LoadedWorkspace.Load(layout);
        return AggregationRules.BuiltIn.With(tasks.Select(task => Make(code, task)));
    }

    private static OwnRule Make(LoadedWorkspace code, TaskPlan task)
    {
        try
        {
            return new(
                ExperimentPlans.RuleOf(task),
                WorkspaceActivator.CreateRule(
                    code.AggregationRuleNamed(task.Rule), task.RuleSettings.ToObjects(), $"tasks.{task.Name}.aggregation_type.settings"));
        }
        catch (SettingsException problem)
        {
            throw new CommandException(problem.Message);
        }
    }
}
