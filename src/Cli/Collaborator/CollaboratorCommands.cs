using System.CommandLine;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator …</c></summary>
internal static class CollaboratorCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "collaborator", "A collaborator node: its data, its certificate and its process.", CollaboratorStart.Build(terminal));
}
