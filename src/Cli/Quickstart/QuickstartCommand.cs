using System.CommandLine;

namespace Actors.Cli.Quickstart;

/// <summary><c>fx quickstart</c></summary>
internal static class QuickstartCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("quickstart", "Run a federation on this machine.").Does("fx quickstart", [], parsed => ExitCode.Ok);
}
