using Actors.Cli.Composition;
using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;

using Microsoft.Extensions.Logging;

namespace Actors.Cli.Collaborator;

/// <summary>
/// A collaborator in one experiment of a long-lived federation: the workspace is the experiment's, certificates and data are those of
/// the collaborator's own folder. The host that started it holds its input open, and it ends with the host.
/// </summary>
internal static class ServedCollaborator
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="layout">The experiment's workspace.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="name">The collaborator.</param>
    /// <param name="folder">The collaborator's own folder.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="logs">Makes the loggers.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(
        WorkspaceLayout layout,
        Plan plan,
        string name,
        string folder,
        ExperimentId experiment,
        ILoggerFactory logs,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var node = FederationNode.Open(folder, clock);
        using var certificate = node.LoadCollaborator(name);
        using var loaded = LoadedPlan.Load(layout, plan, DataOf(node, name));
        using var alone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = EndWithHostAsync(alone); // Ends with the process at the latest.
        var manifest = WorkspaceManifest.Read(layout);
        manifest.RequireSame(layout);
        var options = CollaboratorPlans.Hosted(plan, layout, experiment, name, node.File.Gateway, manifest.Hash.ToString()) with
        {
            HearMetric = loaded.HearMetricOf(plan),
        };
        return await CollaboratorProcess.RunAsync(
            options, new PlanTasks(plan, loaded.Runner), node.Credentials(certificate), ConsoleProgress.OnStandardError(), logs, clock, alone.Token);
    }

    // A path is seen from the collaborator's folder; anything else, such as a shard's number, is the loader's own affair.
    private static string DataOf(FederationNode node, string name)
    {
        var data = CollaboratorData.PathOf(DataPaths.Read(node.Layout.Root), name);
        var path = node.Layout.Resolve(data);
        return Path.Exists(path) ? path : data;
    }

    private static async Task EndWithHostAsync(CancellationTokenSource alone)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[1];
        while (await input.ReadAsync(buffer) > 0)
        {
        }

        await alone.CancelAsync();
    }
}
