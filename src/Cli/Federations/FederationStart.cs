using System.CommandLine;
using System.Net;

using Actors.Cli.Composition;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;
using Actors.Silo.Federations;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Cli.Federations;

/// <summary><c>fx federation start</c></summary>
internal static class FederationStart
{
    private static readonly Option<string> DurabilityChoice = DurabilityOption.Make();

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("start", "Start the aggregator of a long-lived federation. Started again after a crash, all experiments go on where they were.")
            .Does("fx federation start", [DurabilityChoice], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var node = FederationNode.Open(terminal.Folder, terminal.Clock);
        using var certificate = node.LoadAggregator();
        var members = MembersOf(node.Layout);
        var state = Directory.CreateDirectory(node.Layout.StateFolder).FullName;
        await using var app = FederationProcess.Build(
            new(node.Layout.Name)
            {
                Members = members,
                MembersNow = () => MembersOf(node.Layout),
                Certificate = certificate,
                Endpoint = new IPEndPoint(ListenAddress.Of(node.File.Address), node.File.Port),
                DatabaseFile = Path.Combine(state, "federation.db"),
                StoreFolder = Path.Combine(state, "tensors"),
                ExperimentsFolder = Path.Combine(state, "experiments"),
                PlanOf = ExperimentPlans.Of,
                Parallel = node.File.Parallel,
                Durability = DurabilityOption.Of(parsed, DurabilityChoice),
            },
            node,
            (here, there) => PlanDifference.First(here, there)?.ToString() ?? "",
            InTerminal.At(parsed.GetValue(LogLevelOption.Instance)));
        await app.StartAsync(cancellationToken);
        terminal.Say($"Federation {node.Layout.Name}: listening on port {node.File.Port}, {members.Count} members, {node.File.Parallel} experiments side by side.");
        await app.WaitForShutdownAsync(cancellationToken);
        terminal.Say("The federation was stopped. Started again, all experiments go on.");
        return ExitCode.Ok;
    }

    private static List<CollaboratorName> MembersOf(WorkspaceLayout layout)
    {
        var list = CollaboratorList.Read(layout.Root);
        WorkspacePlan.RequireNone(list.Problems, "plan/cols.yaml");
        return [.. list.Names.Select(name => new CollaboratorName(name))];
    }
}
