using Actors.Contracts.Federations;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Pki;

namespace Actors.Cli.Doctor;

/// <summary>Looks at everything a federation needs on this machine; in a workspace or a node of a long-lived federation also at what is in it. Changes nothing.</summary>
internal static class Examination
{
    /// <summary>All findings, the machine's first.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var findings = MachineFindings.Of(folder, clock).ToList();
        var layout = new WorkspaceLayout(folder);
        if (!File.Exists(layout.MarkerFile))
        {
            findings.Add(Finding.Warning(
                "workspace", $"{folder} is none", "Run this in a workspace or a node's folder to have its certificates and network looked at too."));
            return findings;
        }

        if (FederationFile.IsIn(layout.Root))
        {
            findings.AddRange(await NodeFindings.OfAsync(layout, clock, cancellationToken));
            return findings;
        }

        var running = RunningPlan.Read(layout.Root, new PlanReader());
        findings.Add(WorkspaceFindings.PlanOf(running));
        findings.AddRange(WorkspaceFindings.Certificates(layout, running.Result.Plan?.Network, clock));
        if (running.Result.Plan is { IsResolved: true, Network: var network })
        {
            findings.AddRange(WorkspaceFindings.Port(layout, network) is { } port ? [port] : []);
            findings.Add(await ReachAsync(layout, network, clock, cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> ReachAsync(
        WorkspaceLayout layout, NetworkPlan network, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await new AggregatorReach(DialledAggregator.Of(layout, network, clock), clock).FindAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is CommandException or PkiException)
        {
            return Finding.Problem("aggregator", problem.Message);
        }
    }
}
