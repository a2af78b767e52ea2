using Actors.Cli.Composition;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Grains.Experiments;

namespace Actors.Cli.Aggregator;

/// <summary>Finds the tasks of a federated evaluation: a task group of the plan that only measures the global model.</summary>
internal static class EvaluationGroup
{
    /// <summary>The group that every plan has: where it does not define it, everybody runs all tasks that validate the global model.</summary>
    public const string Everything = "evaluation";

    /// <summary>The group with a name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="kinds">What each of the plan's tasks does.</param>
    /// <exception cref="CommandException">There is none, or one of its tasks needs a training.</exception>
    public static TaskGroup Find(Plan plan, string name, IReadOnlyDictionary<string, TaskKind> kinds)
    {
        if (plan.Assigner.TaskGroups.FirstOrDefault(group => group.Name == name) is { } found)
        {
            return found.Tasks.FirstOrDefault(task => kinds[task] is not TaskKind.ValidateGlobal) is { } task
                ? throw new CommandException($"The task group '{name}' {Fault(task, kinds[task])} {Choices(plan, kinds)}")
                : ExperimentPlans.Of(found);
        }

        if (name != Everything)
        {
            var known = string.Join(", ", plan.Assigner.TaskGroups.Select(group => group.Name));
            throw new CommandException($"The plan has no task group '{name}'; it has {known}. {Choices(plan, kinds)}");
        }

        var tasks = plan.Tasks.Select(planned => planned.Name).Where(planned => kinds[planned] is TaskKind.ValidateGlobal).ToList();
        return tasks.Count > 0
            ? new(name, tasks, 1, [])
            : throw new CommandException(
                "The plan has no task that validates the global model (kwargs: {apply: global}); there is nothing to evaluate with.");
    }

    private static string Fault(string task, TaskKind kind) => kind is TaskKind.Train
        ? $"trains: its task '{task}' is a training, and an evaluation leaves the model as it is."
        : $"needs a training: its task '{task}' validates the model that a collaborator has trained (apply: local), "
            + "and an evaluation trains none.";

    private static string Choices(Plan plan, IReadOnlyDictionary<string, TaskKind> kinds)
    {
        var measuring = plan.Assigner.TaskGroups
            .Where(group => group.Tasks.All(task => kinds[task] is TaskKind.ValidateGlobal))
            .Select(group => group.Name);
        var defined = plan.Assigner.TaskGroups.Any(group => group.Name == Everything);
        string[] choices = [.. measuring, .. defined ? (string[])[] : [Everything]];
        return choices.Length > 0 ? $"Choose one that only measures: {string.Join(", ", choices)}." : "No group of this plan only measures.";
    }
}
