using System.CommandLine;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator start</c></summary>
internal static class CollaboratorStart
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("start", "Start a collaborator.").Does("fx collaborator start -n one", [], parsed => ExitCode.Ok);
}
