using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Learning;
using Actors.Learning.Settings;
using Actors.Learning.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>What the aggregator runs of a plan's choices: ours, and the classes of the workspace that it names.</summary>
/// <param name="Rules">The aggregation rules.</param>
/// <param name="Assigners">The assigners.</param>
/// <param name="HearMetric">Hears what rounds come to; null when the plan names nobody.</param>
internal sealed record OwnCode(AggregationRules Rules, Assigners Assigners, HearMetric? HearMetric)
{
    /// <summary>Loads the workspace's code only when the plan names a class of it; the aggregator runs nobody's code otherwise.</summary>
    /// <exception cref="CommandException">A class is not there or does not take its settings.</exception>
    public static OwnCode Of(WorkspaceLayout layout, Plan plan)
    {
        var tasks = plan.Tasks.Where(task => task.HasOwnRule).ToList();
        if (OriginalWorkspace.Is(layout))
        {
            RequireOurs(tasks, plan.Assigner);
            return new(AggregationRules.BuiltIn, Assigners.BuiltIn, null);
        }

        if (tasks.Count == 0 && !plan.Assigner.IsOwn && plan.Aggregator.MetricCallback is null)
        {
            return new(AggregationRules.BuiltIn, Assigners.BuiltIn, null);
        }

        // It stays loaded as long as its classes are used.
        var code = LoadedWorkspace.Load(layout);
        try
        {
            return new(
                AggregationRules.BuiltIn.With(tasks.Select(task => RuleOf(code, task))),
                plan.Assigner.IsOwn ? Assigners.BuiltIn.With(AssignerOf(code, plan)) : Assigners.BuiltIn,
                MetricCallbackOf(code, plan));
        }
        catch (SettingsException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    /// <summary>The plan's callback for metrics; null when it names none.</summary>
    /// <exception cref="SettingsException">The class does not take its settings.</exception>
    public static HearMetric? MetricCallbackOf(LoadedWorkspace code, Plan plan) => plan.Aggregator.MetricCallback is { } callback
        ? WorkspaceActivator.Create<MetricCallback>(
            code.MetricCallbackNamed(callback.ClassName), callback.Settings.ToObjects(), callback.Settings.Values.Path).Heard
        : null;

    private static OwnRule RuleOf(LoadedWorkspace code, TaskPlan task) => new(
        ExperimentPlans.RuleOf(task),
        WorkspaceActivator.Create<AggregationRule>(code.AggregationRuleNamed(task.Rule), task.RuleSettings.ToObjects(), task.RuleSettings.Values.Path));

    private static OwnAssigner AssignerOf(LoadedWorkspace code, Plan plan) => new(
        plan.Assigner.Template,
        WorkspaceActivator.Create<Assigner>(
            code.AssignerNamed(plan.Assigner.Template), plan.Assigner.OwnSettings.ToObjects(), plan.Assigner.Settings.Values.Path),
        [.. plan.Tasks.Select(task => task.Name)]);

    private static void RequireOurs(IReadOnlyList<TaskPlan> tasks, AssignerPlan assigner)
    {
        if (tasks is [var task, ..])
        {
            throw new CommandException(
                $"Task '{task.Name}' names {task.Rule} as its aggregation_type. The aggregator runs no Python; choose one of {string.Join(", ", AggregationRules.BuiltIn.Names)}.");
        }

        if (assigner.IsOwn)
        {
            throw new CommandException(
                $"The plan names {assigner.Template} as its assigner. The aggregator runs no Python; choose one of {string.Join(", ", Assigners.BuiltIn.Names)}.");
        }
    }
}
