using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Pki;

using Microsoft.Extensions.Logging;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator start</c></summary>
internal static class CollaboratorStart
{
    private static readonly Option<string> Name = CollaboratorCommands.NameOption();
    private static readonly Option<string> PlanFile = new("--plan", "-p") { Description = "The plan. Default: plan/plan.yaml, or its frozen copy." };
    private static readonly Option<string> DataFile = new("--data_config", "-d") { Description = "Which data each collaborator has. Default: plan/data.yaml." };

    private static readonly Option<string> Acknowledgements = new("--acknowledgements")
    {
        Description = "A file that gets a line of JSON for every result that the aggregator acknowledges.",
        HelpName = "FILE",
    };

    // As the host of a long-lived federation starts it.
    private static readonly Option<string> Node = new("--federation") { Description = "The collaborator's folder in a long-lived federation.", Hidden = true };
    private static readonly Option<string> Experiment = new("--experiment") { Description = "The experiment in it.", Hidden = true };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("start", "Start a collaborator beside its data. Started again after a crash, it goes on where it was.")
            .Does("fx collaborator start -n one", [Name, PlanFile, DataFile, Acknowledgements, Node, Experiment], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        var layout = WorkspacePlan.Open(terminal.Folder);
        var plan = WorkspacePlan.Running(layout, terminal, parsed.GetValue(PlanFile));
        using var logs = LoggerFactory.Create(logging => logging.AddFederationConsole(parsed.GetValue(LogLevelOption.Instance)));
        if (parsed.GetValue(Node) is { } node && parsed.GetValue(Experiment) is { } experiment)
        {
            return await ServedCollaborator.RunAsync(
                layout, plan, name, terminal.PathOf(node), ExperimentId.Parse(experiment), logs, terminal.Clock, cancellationToken);
        }

        var data = parsed.GetValue(DataFile) is { } file ? DataPaths.Parse(WorkspacePlan.ReadText(terminal, file)) : DataPaths.Read(layout.Root);
        using var certificate = NodeIdentity.Load(layout.Root, PeerRole.Collaborator, name);
        var trust = FederationTrust.Of(layout, plan.Network, terminal.Clock);
        using var loaded = LoadedPlan.Load(layout, plan, CollaboratorData.PathOf(data, name));
        return await CollaboratorProcess.RunAsync(
            OptionsOf(layout, plan, name, parsed.GetValue(Acknowledgements) is { } log ? terminal.PathOf(log) : null) with
            {
                HearMetric = loaded.HearMetricOf(plan),
            },
            new PlanTasks(plan, loaded.Runner),
            new GatewayCredentials(certificate, trust.ProblemWithAggregator, plan.Network.MinimumTls == MinimumTls.Tls12),
            ConsoleProgress.OnStandardError(),
            logs,
            terminal.Clock,
            cancellationToken);
    }

    private static CollaboratorOptions OptionsOf(WorkspaceLayout layout, Plan plan, string name, string? acknowledgements)
    {
        var manifest = WorkspaceManifest.Read(layout);
        manifest.RequireSame(layout);
        return CollaboratorPlans.Of(
            plan,
            layout,
            AggregatorWorkspace.ExperimentOf(layout, plan, manifest),
            name,
            new UriBuilder("https", plan.Network.AggregatorAddress!, plan.Network.AggregatorPort!.Value).Uri,
            manifest.Hash.ToString()) with
        {
            AcknowledgementLog = acknowledgements,
        };
    }
}
