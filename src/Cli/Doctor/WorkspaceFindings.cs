using System.Net;
using System.Net.Sockets;

using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Pki;

namespace Actors.Cli.Doctor;

/// <summary>What is in a workspace: its plan, its certificates, and the port it wants.</summary>
internal static class WorkspaceFindings
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>The plan that runs, or what is wrong with it.</summary>
    public static Finding PlanOf(RunningPlan running) => running switch
    {
        { Result.Plan: null } => Finding.Problem(
            "plan", running.Result.Problems.ToText(), "Correct what is listed; 'fx plan check' looks at it again."),
        { Result.Plan.IsResolved: false } => Finding.Problem("plan", "address or port is still auto", "Run 'fx plan initialize'."),
        { Difference: { } difference } => Finding.Warning(
            "plan", $"plan/plan.yaml differs from {running.Frozen!.Path}, which runs: {difference}", "Delete the frozen copy if the newer plan is meant."),
        _ => Finding.Ok("plan", $"{running.Result.Plan!.Hash.Short}{(running.Frozen is null ? "" : ", frozen")}"),
    };

    /// <summary>Every certificate and request, judged as the plan asks; strictly where there is no plan.</summary>
    public static IEnumerable<Finding> Certificates(WorkspaceLayout layout, NetworkPlan? network, TimeProvider clock)
    {
        var found = CertificateInspection.Inspect(layout.Root, clock, acceptMissingUsage: network is { RequireExtendedKeyUsage: false });
        return found.Count > 0
            ? found.Select(certificate => Of(certificate, layout, clock.GetUtcNow()))
            : [Finding.Warning(
                "certificates",
                "there are none",
                "On the aggregator run 'fx workspace certify', on a collaborator 'fx collaborator generate-cert-request -n NAME'.")];
    }

    /// <summary>Whether the aggregator could listen; null on a machine that has not the aggregator's key.</summary>
    public static Finding? Port(WorkspaceLayout layout, NetworkPlan network)
    {
        if (!File.Exists(layout.AggregatorKey(network.AggregatorAddress!)))
        {
            return null;
        }

        return Port(network.AggregatorPort!.Value, "agg_port");
    }

    /// <summary>Whether an aggregator could listen here.</summary>
    /// <param name="port">The port.</param>
    /// <param name="setting">Where it is written.</param>
    public static Finding Port(int port, string setting)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return Finding.Ok("port", $"{port} is free");
        }
        catch (SocketException problem)
        {
            return Finding.Warning(
                "port",
                $"{port} cannot be listened on: {problem.Message}",
                $"If the aggregator is running, this is as it should be; else end what uses the port, or write another {setting}.");
        }
    }

    private static Finding Of(CertificateFinding certificate, WorkspaceLayout layout, DateTimeOffset now)
    {
        var name = Path.GetRelativePath(layout.Root, certificate.Path).Replace('\\', '/');
        return certificate switch
        {
            { Problem: null } => Finding.Ok(name, $"{certificate.Subject}, valid until {certificate.NotAfter:yyyy-MM-dd}"),
            { Subject: null } when name.EndsWith(".csr", StringComparison.Ordinal) => Finding.Warning(name, certificate.Problem, null),
            { NotAfter: { } end } when IsNearEnd(certificate.Problem, end, now) => Finding.Warning(name, certificate.Problem, null),
            _ => Finding.Problem(name, certificate.Problem),
        };
    }

    // A certificate in its last month is still good; the inspection says so with its date and finds nothing worse.
    private static bool IsNearEnd(string problem, DateTimeOffset end, DateTimeOffset now) =>
        end > now && end < now + Soon && problem.Contains("expires soon", StringComparison.Ordinal);
}
