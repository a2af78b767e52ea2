using System.CommandLine;

using Actors.Cli.Certificates;
using Actors.Pki;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator …</c></summary>
internal static class CollaboratorCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "collaborator",
        "A collaborator node: its data, its certificate and its process.",
        CollaboratorCreate.Build(terminal),
        CollaboratorRequest.Build(terminal),
        ClientCertify.Build(PeerRole.Collaborator, "one", terminal),
        CollaboratorStart.Build(terminal),
        CollaboratorServe.Build(terminal));

    /// <summary>A collaborator's label.</summary>
    internal static Option<string> NameOption() => new("--collaborator_name", "-n")
    {
        Description = "The collaborator's label, as its certificate names it.",
        Required = true,
    };
}
