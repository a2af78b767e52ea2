using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Federations;
using Actors.Contracts.Workspaces;
using Actors.Pki;
using Actors.Silo.Security;

namespace Actors.Experiments.Federations;

/// <summary>A folder that is a node of a long-lived federation: where the aggregator is, whom to trust, and the node's own certificates.</summary>
internal sealed class FederationNode : IFederationTrust
{
    private readonly PeerTrust _trust;

    private FederationNode(WorkspaceLayout layout, FederationFile file, TimeProvider clock)
    {
        (Layout, File) = (layout, file);
        _trust = new(
            layout.CertificateChainFile, clock, RevocationList.ReadIfThere(layout.RevocationListFile, layout.CertificateChainFile, clock));
    }

    /// <summary>The folder.</summary>
    public WorkspaceLayout Layout { get; }

    /// <summary>What <c>federation.yaml</c> says.</summary>
    public FederationFile File { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ExperimentException">It is no node, or has no authority to trust.</exception>
    public static FederationNode Open(string folder, TimeProvider clock)
    {
        var layout = new WorkspaceLayout(folder);
        var file = FederationFile.Read(layout.Root);
        if (file.Problems.Count > 0)
        {
            throw new ExperimentException($"{layout.Root} is no node of a long-lived federation:\n{file.Problems.ToText()}");
        }

        return System.IO.File.Exists(layout.CertificateChainFile)
            ? new(layout, file, clock)
            : throw new ExperimentException(
                $"{layout.CertificateChainFile} is missing: there is no authority to trust. On the aggregator run: fx workspace certify; "
                + "elsewhere import the signed package: fx collaborator certify --import ZIP, or fx operator certify --import ZIP");
    }

    /// <inheritdoc/>
    public string? ProblemWith(X509Certificate2? certificate) => Problem(certificate, PeerRole.Collaborator);

    /// <inheritdoc/>
    public string? ProblemWithOperator(X509Certificate2? certificate) => Problem(certificate, PeerRole.Operator);

    /// <summary>What is wrong with an aggregator's certificate; null when it is trusted.</summary>
    public string? ProblemWithAggregator(X509Certificate2 certificate) => Problem(certificate, PeerRole.Aggregator);

    /// <summary>The aggregator's certificate with its key; the caller disposes it.</summary>
    /// <exception cref="ExperimentException">There is none.</exception>
    public X509Certificate2 LoadAggregator() => Load(
        PeerRole.Aggregator,
        File.Address,
        $"Run: fx aggregator generate-cert-request --fqdn {File.Address} && fx aggregator certify --fqdn {File.Address}");

    /// <summary>A collaborator's certificate with its key; the caller disposes it.</summary>
    /// <exception cref="ExperimentException">There is none.</exception>
    public X509Certificate2 LoadCollaborator(string name) => Load(
        PeerRole.Collaborator,
        name,
        $"Run: fx collaborator generate-cert-request -n {name}, have it signed, and import the package: fx collaborator certify --import ZIP");

    /// <summary>An operator's certificate with its key; the caller disposes it.</summary>
    /// <param name="name">The operator; null for the only one whose certificate is here.</param>
    /// <exception cref="ExperimentException">There is none, or more than one.</exception>
    public X509Certificate2 LoadOperator(string? name)
    {
        name ??= Only("op_", "operator");
        return Load(
            PeerRole.Operator,
            name,
            $"Run: fx operator generate-cert-request -n {name}, have it signed, and import the package: fx operator certify --import ZIP");
    }

    /// <summary>What a client shows and asks for.</summary>
    public GatewayCredentials Credentials(X509Certificate2 certificate) => new(certificate, ProblemWithAggregator);

    /// <summary>The only collaborator whose certificate is here.</summary>
    /// <exception cref="ExperimentException">There is none, or more than one.</exception>
    public string OnlyCollaborator() => Only("col_", "collaborator");

    private string Only(string prefix, string noun)
    {
        var folder = Path.Combine(Layout.CertificateFolder, "client");
        var names = Directory.Exists(folder)
            ? Directory.GetFiles(folder, $"{prefix}*.crt").Select(path => Path.GetFileNameWithoutExtension(path)[prefix.Length..]).Order(StringComparer.Ordinal).ToList()
            : [];
        return names switch
        {
            [var only] => only,
            [] => throw new ExperimentException(
                $"{folder} holds no certificate of a {noun}. Run: fx {noun} generate-cert-request -n NAME, have it signed, and import the package: "
                + $"fx {noun} certify --import ZIP"),
            _ => throw new ExperimentException($"{folder} holds the certificates of {string.Join(", ", names)}: say whose it is with --{noun} NAME."),
        };
    }

    private X509Certificate2 Load(PeerRole role, string name, string remedy)
    {
        var folder = new CertificateFolder(Layout.Root);
        var (certificate, key) = (folder.Certificate(role, name), folder.Key(role, name));
        return System.IO.File.Exists(certificate) && System.IO.File.Exists(key)
            ? PeerTrust.LoadIdentity(certificate, key)
            : throw new ExperimentException($"{(System.IO.File.Exists(key) ? certificate : key)} is missing. {remedy}");
    }

    private string? Problem(X509Certificate2? certificate, PeerRole role) =>
        _trust.ProblemWith(certificate, role);
}
