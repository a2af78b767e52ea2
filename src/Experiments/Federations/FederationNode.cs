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

    /// <summary>A node that <paramref name="file"/> describes, and not its folder's file.</summary>
    /// <exception cref="PkiException">The folder has no authority to trust.</exception>
    public static FederationNode Of(string folder, FederationFile file, TimeProvider clock) => new(new(folder), file, clock);

    /// <summary>Where a collaborator's host keeps experiments.</summary>
    public string ExperimentsOf(string collaborator) => Path.Combine(Layout.StateFolder, "hosted", collaborator);

    /// <inheritdoc/>
    public string? ProblemWith(X509Certificate2? certificate) => Problem(certificate, PeerRole.Collaborator);

    /// <inheritdoc/>
    public string? ProblemWithOperator(X509Certificate2? certificate) => Problem(certificate, PeerRole.Operator);

    /// <summary>What is wrong with an aggregator's certificate; null when it is trusted.</summary>
    public string? ProblemWithAggregator(X509Certificate2 certificate) => Problem(certificate, PeerRole.Aggregator);

    /// <summary>The aggregator's certificate with its key; the caller disposes it.</summary>
    /// <exception cref="PkiException">There is none.</exception>
    public X509Certificate2 LoadAggregator() => NodeIdentity.Load(Layout.Root, PeerRole.Aggregator, File.Address);

    /// <summary>A collaborator's certificate with its key; the caller disposes it.</summary>
    /// <exception cref="PkiException">There is none, or it names another.</exception>
    public X509Certificate2 LoadCollaborator(string name) => NodeIdentity.Load(Layout.Root, PeerRole.Collaborator, name);

    /// <summary>An operator's certificate with its key; the caller disposes it.</summary>
    /// <param name="name">The operator; null for the only one whose certificate is here.</param>
    /// <exception cref="ExperimentException">None is named, and there is none or more than one.</exception>
    /// <exception cref="PkiException">There is none of the name, or it names another.</exception>
    public X509Certificate2 LoadOperator(string? name) => NodeIdentity.Load(Layout.Root, PeerRole.Operator, name ?? Only(Operators, "operator"));

    /// <summary>What a client shows and asks for.</summary>
    public GatewayCredentials Credentials(X509Certificate2 certificate) => new(certificate, ProblemWithAggregator);

    /// <summary>The collaborators whose certificates are here, in ordinal order.</summary>
    public IReadOnlyList<string> Collaborators => Clients("col_");

    /// <summary>The operators whose certificates are here, in ordinal order.</summary>
    public IReadOnlyList<string> Operators => Clients("op_");

    /// <summary>The only collaborator whose certificate is here.</summary>
    /// <exception cref="ExperimentException">There is none, or more than one.</exception>
    public string OnlyCollaborator() => Only(Collaborators, "collaborator");

    private string ClientFolder => Path.Combine(Layout.CertificateFolder, "client");

    private string Only(IReadOnlyList<string> names, string noun) =>
        names switch
        {
            [var only] => only,
            [] => throw new ExperimentException(
                $"{ClientFolder} holds no certificate of a {noun}. Run: fx {noun} generate-cert-request -n NAME, have it signed, and import the package: "
                + $"fx {noun} certify --import ZIP"),
            _ => throw new ExperimentException($"{ClientFolder} holds the certificates of {string.Join(", ", names)}: say whose it is with --{noun} NAME."),
        };

    private IReadOnlyList<string> Clients(string prefix) => Directory.Exists(ClientFolder)
        ?
        [
            .. Directory.GetFiles(ClientFolder, $"{prefix}*.crt")
                .Where(path => System.IO.File.Exists(Path.ChangeExtension(path, "key")))
                .Select(path => Path.GetFileNameWithoutExtension(path)[prefix.Length..])
                .Order(StringComparer.Ordinal),
        ]
        : [];

    private string? Problem(X509Certificate2? certificate, PeerRole role) =>
        _trust.ProblemWith(certificate, role);
}
