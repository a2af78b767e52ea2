using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Serving;
using Actors.Contracts.Federations;
using Actors.Contracts.Plans;
using Actors.Experiments.Federations;

using Microsoft.Extensions.Logging;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator serve</c></summary>
internal static class CollaboratorServe
{
    private static readonly Option<string> Name = CollaboratorCommands.NameOption();

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("serve", "Stay connected to a long-lived federation and take part in its experiments, as policy.yaml says.")
            .Does("fx collaborator serve -n one", [Name], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        var node = FederationNode.Open(terminal.Folder, terminal.Clock);
        _ = CollaboratorData.PathOf(DataPaths.Read(node.Layout.Root), name);
        WorkspacePlan.RequireNone(HostPolicy.Read(node.Layout.Root).Problems, HostPolicy.Name);
        var level = parsed.GetValue(LogLevelOption.Instance);
        using var certificate = node.LoadCollaborator(name);
        using var logs = LoggerFactory.Create(logging => logging.AddFederationConsole(level));
        return await ServeProcess.RunAsync(
            new()
            {
                Collaborator = name,
                Addresses = [node.File.Gateway],
                ExperimentsFolder = node.ExperimentsOf(name),
                ReadPolicy = () => HostPolicy.Read(node.Layout.Root),
                TrustAuthor = author => node.ProblemWithOperator(author),
                Start = (folder, experiment) => new CollaboratorChild(node.Layout.Root, name, folder, experiment),
            },
            node.Credentials(certificate),
            logs,
            terminal.Clock,
            cancellationToken);
    }
}
