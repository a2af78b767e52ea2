using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Learning;
using Actors.Learning.Workspaces;

namespace Actors.Experiments.Composition;

/// <summary>What the aggregator runs of a plan's choices: ours, and the federation's own classes that it names.</summary>
/// <param name="Rules">The aggregation rules.</param>
/// <param name="Assigners">The assigners.</param>
/// <param name="HearMetric">Hears what rounds come to; null when the plan names nobody.</param>
internal sealed record OwnCode(AggregationRules Rules, Assigners Assigners, HearMetric? HearMetric)
{
    /// <summary>Of a plan that names ours only.</summary>
    public static OwnCode None { get; } = new(AggregationRules.BuiltIn, Assigners.BuiltIn, null);

    /// <summary>Whether a plan names a class that the aggregator runs and that is not ours.</summary>
    public static bool IsNamedIn(Plan plan) =>
        plan.Tasks.Any(task => task.HasOwnRule) || plan.Assigner.IsOwn || plan.Aggregator.MetricCallback is not null;

    /// <summary>Makes what the plan names, with its settings.</summary>
    /// <exception cref="Actors.Learning.Settings.SettingsException">A class does not take its settings.</exception>
    public static OwnCode Of(Plan plan, OwnClasses classes) => new(
        AggregationRules.BuiltIn.With(plan.Tasks.Where(task => task.HasOwnRule).Select(task => RuleOf(classes, task))),
        plan.Assigner.IsOwn ? Assigners.BuiltIn.With(AssignerOf(classes, plan)) : Assigners.BuiltIn,
        MetricCallbackOf(plan, classes));

    /// <summary>Makes the plan's callback for metrics; null when it names none.</summary>
    /// <exception cref="Actors.Learning.Settings.SettingsException">The class does not take its settings.</exception>
    public static HearMetric? MetricCallbackOf(Plan plan, OwnClasses classes) => plan.Aggregator.MetricCallback is { } callback
        ? WorkspaceActivator.Create<MetricCallback>(
            classes.MetricCallback(callback.ClassName), callback.Settings.ToObjects(), callback.Settings.Values.Path).Heard
        : null;

    private static OwnRule RuleOf(OwnClasses classes, TaskPlan task) => new(
        ExperimentPlans.RuleOf(task),
        WorkspaceActivator.Create<AggregationRule>(classes.Rule(task.Rule), task.RuleSettings.ToObjects(), task.RuleSettings.Values.Path));

    private static OwnAssigner AssignerOf(OwnClasses classes, Plan plan) => new(
        plan.Assigner.Template,
        WorkspaceActivator.Create<Assigner>(
            classes.Assigner(plan.Assigner.Template), plan.Assigner.OwnSettings.ToObjects(), plan.Assigner.Settings.Values.Path),
        [.. plan.Tasks.Select(task => task.Name)]);
}
