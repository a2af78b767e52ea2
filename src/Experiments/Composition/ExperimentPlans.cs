using Actors.Contracts.Plans;
using Actors.Grains.Experiments;

namespace Actors.Experiments.Composition;

/// <summary>What the aggregator's mind needs of an FL plan.</summary>
internal static class ExperimentPlans
{
    /// <summary>Takes it out of a checked plan.</summary>
    public static ExperimentPlan Of(Plan plan)
    {
        var best = plan.Aggregator.BestMetric;
        return new()
        {
            Rounds = plan.Aggregator.RoundsToTrain,
            Tasks = [.. plan.Tasks.Select(task => new TaskChoice(task.Name, new(RuleOf(task), Numbers(task.RuleSettings))))],
            Assigner = new(
                plan.Assigner.Template, plan.Assigner.Seed, [.. plan.Assigner.TaskGroups.Select(Of)], Numbers(plan.Assigner.Settings)),
            Stragglers = new(plan.Straggler.Template, Numbers(plan.Straggler.Settings)),
            Best = new(best.Task ?? "", best.Metric ?? "", best.Goal == MetricGoal.Higher),
            StoredRounds = StoredRounds(plan.Aggregator.DbStoreRounds),
            Publishing = plan.Collaborator.DeltaUpdates && !plan.Compression.Pipeline.IsNone ? plan.Compression.Pipeline : null,
        };
    }

    /// <summary>The name of a task's rule; a class of the workspace may have other settings in each task.</summary>
    public static string RuleOf(TaskPlan task) => task.HasOwnRule ? $"{task.Rule} of {task.Name}" : task.Rule;

    // Negative keeps all. The newest model is always kept, and the one before: a collaborator of the original asks for its tensors
    // one by one, while a round may close, and for differences to it.
    private static int StoredRounds(long rounds) => rounds < 0 ? int.MaxValue : (int)Math.Clamp(rounds, 2, int.MaxValue);

    /// <summary>A group of the plan.</summary>
    public static TaskGroup Of(TaskGroupPlan group) => new(group.Name, group.Tasks, group.Percentage ?? 0, group.Collaborators);

    private static Dictionary<string, double> Numbers(PlanSettings settings) => settings.Values.Entries
        .Where(entry => entry.Value is PlanValue.Whole or PlanValue.Number)
        .ToDictionary(entry => entry.Key, entry => settings.Number(entry.Key));
}
