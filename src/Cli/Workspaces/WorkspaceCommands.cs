using System.CommandLine;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace …</c></summary>
internal static class WorkspaceCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "workspace",
        "A workspace: plan, code and certificates of a federation.",
        WorkspaceCreate.Build(terminal),
        WorkspaceCertify.Build(terminal),
        WorkspaceExport.Build(terminal),
        WorkspaceImport.Build(terminal),
        WorkspaceVerify.Build(terminal));
}
