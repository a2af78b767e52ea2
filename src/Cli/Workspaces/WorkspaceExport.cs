using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace export</c></summary>
internal static class WorkspaceExport
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("export", "Build the workspace and archive it for the collaborators. Keys and certificates stay here. A frozen plan travels frozen.")
            .Does("fx workspace export", [], (_, cancellation) => RunAsync(terminal, cancellation));

    private static async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        WorkspacePlan.Running(layout, terminal);
        var manifest = await new WorkspaceBuild(new()).RunAsync(layout, force: false, cancellationToken);
        var archive = terminal.PathOf(WorkspaceArchive.FileNameOf(layout));
        WorkspaceArchive.Export(layout, archive);
        terminal.Say($"{archive} holds the workspace with code {manifest.Hash}.");
        if (FrozenPlan.FindAll(layout.Root).Count == 0)
        {
            terminal.Say("The plan in it is not frozen. To have it read-only at every node: fx plan freeze, then export again.");
        }

        terminal.Say($"Next, on each collaborator: fx workspace import --archive {Path.GetFileName(archive)}");
        return ExitCode.Ok;
    }
}
