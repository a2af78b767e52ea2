using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Learning.Settings;

namespace Actors.Cli.Composition;

/// <summary>The classes of a workspace that the aggregator runs.</summary>
internal static class WorkspaceCode
{
    /// <summary>Loads the workspace's code only when the plan names a class of it; the aggregator runs nobody's code otherwise.</summary>
    /// <exception cref="CommandException">A class is not there or does not take its settings.</exception>
    public static OwnCode Of(WorkspaceLayout layout, Plan plan)
    {
        if (OriginalWorkspace.Is(layout))
        {
            RequireOurs(plan);
            return OwnCode.None;
        }

        if (!OwnCode.IsNamedIn(plan))
        {
            return OwnCode.None;
        }

        // It stays loaded as long as its classes are used.
        var code = LoadedWorkspace.Load(layout);
        try
        {
            return OwnCode.Of(plan, ClassesOf(code));
        }
        catch (SettingsException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    /// <summary>The classes of built code.</summary>
    public static OwnClasses ClassesOf(LoadedWorkspace code) => new(code.AggregationRuleNamed, code.AssignerNamed, code.MetricCallbackNamed);

    private static void RequireOurs(Plan plan)
    {
        if (plan.Tasks.FirstOrDefault(task => task.HasOwnRule) is { } task)
        {
            throw new CommandException(
                $"Task '{task.Name}' names {task.Rule} as its aggregation_type. The aggregator runs no Python; choose one of {string.Join(", ", AggregationRules.BuiltIn.Names)}.");
        }

        if (plan.Assigner.IsOwn)
        {
            throw new CommandException(
                $"The plan names {plan.Assigner.Template} as its assigner. The aggregator runs no Python; choose one of {string.Join(", ", Assigners.BuiltIn.Names)}.");
        }
    }
}
