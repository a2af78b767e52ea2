namespace Actors.Pki;

/// <summary>
/// Where a workspace keeps its certificates, requests, keys and packages; full paths, whether or not the files exist.
/// Host names are lower-cased, other names are kept as typed.
/// </summary>
public sealed class CertificateFolder
{
    /// <summary>The layout below a workspace folder; nothing is created or read.</summary>
    /// <exception cref="ArgumentException"><paramref name="workspace"/> is empty.</exception>
    public CertificateFolder(string workspace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workspace);
        Workspace = Path.GetFullPath(workspace);
        Root = Path.Combine(Workspace, "cert");
    }

    public string Workspace { get; }

    /// <summary>The folder <c>cert</c> itself.</summary>
    public string Root { get; }

    /// <summary>What both ends trust: root certificate, then signing certificate.</summary>
    public string Chain => Path.Combine(Root, "cert_chain.crt");

    /// <summary>The signed list of revoked certificates.</summary>
    public string RevocationList => Path.Combine(Root, "crl.pem");

    public string RootCertificate => Path.Combine(Root, "ca", "root-ca.crt");

    public string RootKey => Path.Combine(Root, "ca", "root-ca", "private", "root-ca.key");

    public string SigningCertificate => Path.Combine(Root, "ca", "signing-ca.crt");

    public string SigningKey => Path.Combine(Root, "ca", "signing-ca", "private", "signing-ca.key");

    /// <summary>One JSON line for every certificate ever signed here.</summary>
    public string IssuanceLog => Path.Combine(Root, "ca", "issued.jsonl");

    /// <summary>One JSON line for every certificate ever revoked here.</summary>
    public string RevocationLog => Path.Combine(Root, "ca", "revoked.jsonl");

    internal string AuthorityLock => Path.Combine(Root, "ca", "authority.lock");

    internal string ServerFolder => Path.Combine(Root, "server");

    internal string ClientFolder => Path.Combine(Root, "client");

    /// <exception cref="PkiException">The name is not usable for this role.</exception>
    public string Key(PeerRole role, string name) => Leaf(role, name, "key");

    /// <inheritdoc cref="Key"/>
    public string Request(PeerRole role, string name) => Leaf(role, name, "csr");

    /// <inheritdoc cref="Key"/>
    public string Certificate(PeerRole role, string name) => Leaf(role, name, "crt");

    /// <summary>The package that is sent to whoever keeps the authority.</summary>
    public string RequestPackage(string name, PeerRole role = PeerRole.Collaborator) =>
        Path.Combine(Workspace, $"{role.FilePrefix()}{PeerName.Collaborator(name)}_to_agg_cert_request.zip");

    /// <summary>The package that comes back.</summary>
    public string SignedPackage(string name, PeerRole role = PeerRole.Collaborator) =>
        Path.Combine(Workspace, $"agg_to_{role.FilePrefix()}{PeerName.Collaborator(name)}_signed_cert.zip");

    private string Leaf(PeerRole role, string name, string extension) => role switch
    {
        // A colon, as in an IPv6 address, is no file name everywhere.
        PeerRole.Aggregator => Path.Combine(ServerFolder, $"agg_{PeerName.Aggregator(name).Replace(':', '-')}.{extension}"),
        _ => Path.Combine(ClientFolder, $"{role.FilePrefix()}{PeerName.Collaborator(name)}.{extension}"),
    };
}
