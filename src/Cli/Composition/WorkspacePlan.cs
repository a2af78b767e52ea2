using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>Reads what a workspace runs, or says everything that is wrong with it.</summary>
internal static class WorkspacePlan
{
    /// <summary>The workspace in a folder.</summary>
    /// <exception cref="CommandException">The folder is none.</exception>
    public static WorkspaceLayout Open(string folder)
    {
        var layout = new WorkspaceLayout(folder);
        return File.Exists(layout.MarkerFile)
            ? layout
            : throw new CommandException(
                $"{layout.Root} is no workspace: it has no file .workspace. Go to a workspace's folder, or make one: fx workspace create --prefix PATH --template NAME");
    }

    /// <summary>The plan that runs: the frozen copy where there is one. It must be initialised.</summary>
    /// <exception cref="CommandException">The plan has problems; the message lists all of them.</exception>
    public static Plan Running(WorkspaceLayout layout, Terminal terminal)
    {
        var running = RunningPlan.Read(layout.Root, new PlanReader());
        var plan = Require(running.Result, "plan/plan.yaml");
        if (running.Difference is { } difference)
        {
            terminal.Error.WriteLine($"warning: plan/plan.yaml differs from the frozen {running.Frozen!.Path}, which runs: {difference}.");
        }

        return plan.IsResolved
            ? plan
            : throw new CommandException("The plan's address or port is still auto. Run: fx plan initialize");
    }

    /// <summary>The plan, or all of its problems.</summary>
    /// <exception cref="CommandException">It has problems.</exception>
    public static Plan Require(PlanResult result, string file) =>
        result.Plan ?? throw new CommandException($"{file} has {Count(result.Problems.Count)}:\n{result.Problems.ToText()}");

    /// <summary>Refuses a list with problems.</summary>
    /// <exception cref="CommandException">There are some.</exception>
    public static void RequireNone(PlanProblems problems, string file)
    {
        if (problems.Count > 0)
        {
            throw new CommandException($"{file} has {Count(problems.Count)}:\n{problems.ToText()}");
        }
    }

    private static string Count(int problems) => problems == 1 ? "a problem" : $"{problems} problems";
}
