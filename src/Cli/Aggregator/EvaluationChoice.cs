using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Learning.Tasks;

namespace Actors.Cli.Aggregator;

/// <summary>The options of <c>fx aggregator start</c> that ask for a federated evaluation in place of a training.</summary>
internal static class EvaluationChoice
{
    /// <summary>Which group of the plan.</summary>
    public static readonly Option<string> TaskGroup = new("--task-group", "--task_group")
    {
        Description = "Train nothing: let the collaborators measure a model with the tasks of this group of the plan, in one round. "
            + $"Example: fx aggregator start --task-group {EvaluationGroup.Everything} --model save/best.pbuf",
        HelpName = "NAME",
    };

    /// <summary>Which model file.</summary>
    public static readonly Option<string> Model = new("--model")
    {
        Description = "The model file that --task-group measures. Default: the last one that a training left.",
        HelpName = "FILE",
    };

    /// <summary>What a command line asks to evaluate; null when it asks to train.</summary>
    /// <exception cref="CommandException">The group trains or there is none, or the model is not this plan's.</exception>
    public static ModelEvaluation? Of(ParseResult parsed, WorkspaceLayout layout, Plan plan, Terminal terminal)
    {
        if (parsed.GetValue(TaskGroup) is not { } name)
        {
            return parsed.GetValue(Model) is null
                ? null
                : throw new CommandException(
                    $"--model goes with --task-group: fx aggregator start --task-group {EvaluationGroup.Everything} --model FILE");
        }

        if (OriginalWorkspace.Is(layout))
        {
            throw new CommandException(
                "--task-group needs code that says which tasks train, and this workspace's code is Python. Use a plan of one round that only validates.");
        }

        using var code = LoadedWorkspace.Load(layout);
        var functions = TaskCatalogue.For(code.TaskRunnerNamed(plan.TaskRunner.ClassName));
        var kinds = plan.Tasks.ToDictionary(task => task.Name, task => PlanTasks.KindOf(task, functions.Find(task.Function)));
        var group = EvaluationGroup.Find(plan, name, kinds);
        return ModelEvaluation.Of(layout, plan, group, parsed.GetValue(Model) is { } file ? terminal.PathOf(file) : null);
    }
}
