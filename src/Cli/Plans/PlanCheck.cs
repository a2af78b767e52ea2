using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan check</c></summary>
internal static class PlanCheck
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("check", "Say everything that is wrong with the plan; against the code too, once it is built.")
            .Does("fx plan check", [], _ => Run(terminal));

    private static int Run(Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var plan = File.Exists(layout.WorkspaceManifestFile)
            ? CheckedPlan.Read(layout)
            : WorkspacePlan.Require(new PlanReader().ReadWorkspace(layout.Root), "plan/plan.yaml");
        WorkspacePlan.RequireNone(CollaboratorList.Read(layout.Root).Problems, "plan/cols.yaml");
        terminal.Say($"The plan is good; its hash is {plan.Hash}.");
        return ExitCode.Ok;
    }
}
