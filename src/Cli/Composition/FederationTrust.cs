using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Pki;
using Actors.Silo.Security;

namespace Actors.Cli.Composition;

/// <summary>The federation's authority and its list of revoked certificates, as both ends of the wire ask them.</summary>
internal sealed class FederationTrust : IPeerTrust
{
    private readonly PeerTrust _trust;

    private FederationTrust(PeerTrust trust) => _trust = trust;

    /// <summary>Reads the authorities of a workspace.</summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="network">What the plan asks of certificates.</param>
    /// <param name="clock">By what time they are judged.</param>
    /// <exception cref="PkiException">The chain file is missing or holds no authority.</exception>
    public static FederationTrust Of(WorkspaceLayout layout, NetworkPlan network, TimeProvider clock)
    {
        if (!File.Exists(layout.CertificateChainFile))
        {
            throw new CommandException(
                $"{layout.CertificateChainFile} is missing: there is no authority to trust. On the aggregator run: fx workspace certify; "
                + "on a collaborator import the signed package: fx collaborator certify --import ZIP");
        }

        var revoked = RevocationList.ReadIfThere(layout.RevocationListFile, layout.CertificateChainFile, clock);
        return new(new PeerTrust(layout.CertificateChainFile, clock, revoked, AcceptsMissingUsage(layout, network)));
    }

    // The original's authority says nothing of usage.
    private static bool AcceptsMissingUsage(WorkspaceLayout layout, NetworkPlan network) =>
        !network.RequireExtendedKeyUsage || OriginalWorkspace.Is(layout);

    /// <inheritdoc/>
    public string? ProblemWith(X509Certificate2? certificate) => Problem(certificate, PeerRole.Collaborator);

    /// <summary>What is wrong with an aggregator's certificate; null when it is trusted.</summary>
    public string? ProblemWithAggregator(X509Certificate2 certificate) => Problem(certificate, PeerRole.Aggregator);

    private string? Problem(X509Certificate2? certificate, PeerRole role) =>
        _trust.ProblemWith(certificate, role);
}
