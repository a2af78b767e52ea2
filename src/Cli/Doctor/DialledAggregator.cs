using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Federations;

namespace Actors.Cli.Doctor;

/// <summary>An aggregator as those who dial it know it.</summary>
/// <param name="Layout">The folder of who dials.</param>
/// <param name="Address">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Versions">The versions of TLS that are good enough.</param>
/// <param name="ProblemWith">What is wrong with its certificate; null when it is trusted.</param>
/// <param name="StartsWith">The command that starts it.</param>
/// <param name="WrittenIn">Where its address is written.</param>
internal sealed record DialledAggregator(
    WorkspaceLayout Layout,
    string Address,
    int Port,
    SslProtocols Versions,
    Func<X509Certificate2, string?> ProblemWith,
    string StartsWith,
    string WrittenIn)
{
    /// <summary>Whether it is this machine's to start.</summary>
    public bool IsHere => File.Exists(Layout.AggregatorKey(Address));

    /// <summary>That of a plan.</summary>
    /// <exception cref="CommandException">There is no authority to trust.</exception>
    public static DialledAggregator Of(WorkspaceLayout layout, NetworkPlan network, TimeProvider clock) => new(
        layout,
        network.AggregatorAddress!,
        network.AggregatorPort!.Value,
        network.TlsVersions,
        FederationTrust.Of(layout, network, clock).ProblemWithAggregator,
        "fx aggregator start",
        "agg_addr and agg_port");

    /// <summary>That of a long-lived federation.</summary>
    public static DialledAggregator Of(FederationNode node) => new(
        node.Layout, node.File.Address, node.File.Port, SslProtocols.Tls13, node.ProblemWithAggregator, "fx federation start", "federation.yaml");
}
