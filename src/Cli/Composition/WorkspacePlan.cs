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

    /// <summary>The plan that runs: the frozen copy where there is one, unless another file is named. It must be initialised.</summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="terminal">Is told when the frozen copy is not what <c>plan/plan.yaml</c> says.</param>
    /// <param name="file">Another plan than the workspace's, as it was typed; null for the workspace's.</param>
    /// <exception cref="CommandException">The plan has problems; the message lists all of them.</exception>
    public static Plan Running(WorkspaceLayout layout, Terminal terminal, string? file = null)
    {
        if (OriginalWorkspace.Is(layout))
        {
            return OriginalWorkspace.Running(layout, file is null ? layout.PlanFile : Existing(terminal, file));
        }

        var plan = file is null || terminal.PathOf(file) == layout.PlanFile
            ? OfWorkspace(layout, terminal)
            : Require(new PlanReader().ReadFile(layout.Root, Existing(terminal, file)), file);
        return plan.IsResolved
            ? plan
            : throw new CommandException("The plan's address or port is still auto. Run: fx plan initialize");
    }

    /// <summary>The plan, or all of its problems.</summary>
    /// <exception cref="CommandException">It has problems.</exception>
    public static Plan Require(PlanResult result, string file) => result.Plan ?? throw new CommandException(RefusalOf(result.Problems, file)!);

    /// <summary>Refuses a list with problems.</summary>
    /// <exception cref="CommandException">There are some.</exception>
    public static void RequireNone(PlanProblems problems, string file)
    {
        if (RefusalOf(problems, file) is { } refusal)
        {
            throw new CommandException(refusal);
        }
    }

    /// <summary>All that is wrong with a file, as a message; null when nothing is.</summary>
    public static string? RefusalOf(PlanProblems problems, string file) => problems.Count switch
    {
        0 => null,
        1 => $"{file} has a problem:\n{problems.ToText()}",
        var count => $"{file} has {count} problems:\n{problems.ToText()}",
    };

    /// <summary>A file's text.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static string ReadText(Terminal terminal, string file) => File.ReadAllText(Existing(terminal, file));

    /// <summary>The full path of a file that the user named.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    public static string Existing(Terminal terminal, string file) => File.Exists(terminal.PathOf(file))
        ? terminal.PathOf(file)
        : throw new CommandException($"{terminal.PathOf(file)} is missing; name a file that is there.");

    private static Plan OfWorkspace(WorkspaceLayout layout, Terminal terminal)
    {
        var running = RunningPlan.Read(layout.Root, new PlanReader());
        var plan = Require(running.Result, "plan/plan.yaml");
        if (running.Difference is { } difference)
        {
            terminal.Error.WriteLine($"warning: plan/plan.yaml differs from the frozen {running.Frozen!.Path}, which runs: {difference}.");
        }

        return plan;
    }
}
