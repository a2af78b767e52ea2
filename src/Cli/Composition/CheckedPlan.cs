using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>A workspace's plan, checked against the classes of its built code.</summary>
internal static class CheckedPlan
{
    /// <summary>Reads <c>plan/plan.yaml</c>.</summary>
    /// <exception cref="CommandException">It has problems; the message lists all of them.</exception>
    public static Plan Read(WorkspaceLayout layout)
    {
        using var code = LoadedWorkspace.Load(layout);
        return WorkspacePlan.Require(new PlanReader(new CodeCatalogue(code)).ReadWorkspace(layout.Root), "plan/plan.yaml");
    }
}
