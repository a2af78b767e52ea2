using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan freeze</c></summary>
internal static class PlanFreeze
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("freeze", "Write a read-only copy of the plan, named by its hash. From then on the copy is the plan that runs.")
            .Does("fx plan freeze", [], _ => Run(terminal));

    private static int Run(Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var plan = WorkspacePlan.Require(new PlanReader().ReadWorkspace(layout.Root), "plan/plan.yaml");
        if (!plan.IsResolved)
        {
            throw new CommandException("The plan's address or port is still auto. Run: fx plan initialize");
        }

        if (!File.Exists(layout.Resolve(plan.Aggregator.InitStatePath)))
        {
            throw new CommandException($"{plan.Aggregator.InitStatePath} is missing, so the plan was not initialised here. Run: fx plan initialize");
        }

        var frozen = PlanFreezer.Freeze(layout.Root, plan);
        terminal.Say($"{frozen.Path} is frozen; its hash is {plan.Hash}.");
        return ExitCode.Ok;
    }
}
