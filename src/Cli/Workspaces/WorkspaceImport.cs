using System.CommandLine;

using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace import</c></summary>
internal static class WorkspaceImport
{
    private static readonly Option<string> Archive = new("--archive") { Description = "The archive that the aggregator exported.", Required = true };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("import", "Unpack a workspace into a folder of its name. Every file is checked before any is written.")
            .Does("fx workspace import --archive my_federation.zip", [Archive], parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspaceArchive.Import(terminal.PathOf(parsed.GetRequiredValue(Archive)), terminal.Folder);
        WorkspaceProps.Write(layout, AppContext.BaseDirectory);
        terminal.Say($"The workspace {layout.Name} is in {layout.Root}, code {WorkspaceManifest.Read(layout).Hash}.");
        terminal.Say($"Next: cd {layout.Name} && fx collaborator generate-cert-request -n LABEL");
        return ExitCode.Ok;
    }
}
