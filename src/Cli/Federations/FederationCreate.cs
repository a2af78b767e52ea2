using System.CommandLine;

using Actors.Contracts.Federations;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Federations;

/// <summary><c>fx federation create</c></summary>
internal static class FederationCreate
{
    private static readonly Option<string> Prefix = new("--prefix") { Description = "The folder to make; on the aggregator its name is the federation's.", Required = true };
    private static readonly Option<string> Address = new("--address", "-a") { Description = "The aggregator's full host name, as everybody dials it.", Required = true };
    private static readonly Option<int> Port = new("--port", "-p") { Description = "The aggregator's port.", DefaultValueFactory = _ => 50051 };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("create", "Make a node of a long-lived federation: the aggregator's, a collaborator's or an operator's.").Does(
            "fx federation create --prefix hospitals -a aggregator.hospital.org -p 50051",
            [Prefix, Address, Port],
            parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        var layout = new WorkspaceLayout(terminal.PathOf(parsed.GetRequiredValue(Prefix)));
        if (Directory.Exists(layout.Root) && Directory.EnumerateFileSystemEntries(layout.Root).Any())
        {
            throw new CommandException($"The folder {layout.Root} exists and is not empty. Name another with --prefix.");
        }

        var text = FederationFile.TextOf(parsed.GetRequiredValue(Address), parsed.GetValue(Port));
        if (FederationFile.Parse(text).Problems is { Count: > 0 } problems)
        {
            throw new CommandException($"That is no place for an aggregator:\n{problems.ToText()}", ExitCode.Refused);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(layout.CollaboratorsFile)!);
        File.WriteAllText(layout.MarkerFile, "# A node of a long-lived federation.\n");
        File.WriteAllText(layout.CollaboratorsFile, "collaborators: []\n");
        File.WriteAllText(Path.Combine(layout.Root, FederationFile.Name), text);
        File.WriteAllText(
            Path.Combine(layout.Root, HostPolicy.Name),
            """
            # On a collaborator: which experiments its host takes part in.
            accept: review        # or: automatic; or: signed-by, with the authors below
            # authors: [alice]
            parallel: 1
            # data: "what data is here, for the operators"

            """);
        terminal.Say($"The node is made in {layout.Root}.");
        terminal.Say("Next, on the aggregator: fx workspace certify, fx aggregator generate-cert-request and fx aggregator certify, then fx federation start");
        terminal.Say("Next, on a collaborator: fx collaborator generate-cert-request -n LABEL -d DATA");
        terminal.Say("Next, on an operator's machine: fx operator generate-cert-request -n LABEL");
        return ExitCode.Ok;
    }
}
