using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>
/// A federation's certificate authority, in a workspace's <c>cert</c> folder. Signing takes two steps, so that an operator
/// can compare the fingerprint with the requester in between. One change at a time, across processes.
/// </summary>
public sealed class CertificateAuthority
{
    private readonly CertificateFolder _folder;
    private readonly TimeProvider _clock;
    private readonly AuthorityOptions _options;
    private readonly X509Certificate _certificate;
    private readonly SigningKey _key;
    private readonly RevocationRegister _revocations;

    private CertificateAuthority(CertificateFolder folder, TimeProvider clock, AuthorityOptions options)
    {
        _folder = folder;
        _clock = clock;
        _options = options;
        (_certificate, _key) = AuthorityFiles.ReadSigning(folder);
        _revocations = new RevocationRegister(folder, clock, _certificate, _key);
    }

    /// <summary>Makes the root and signing authorities, the chain file and an empty revocation list.</summary>
    /// <param name="workspace">The workspace folder.</param>
    /// <param name="clock">Dates the certificates.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="overwrite">
    /// Replace an existing authority, which makes every certificate it signed worthless; its logs are kept.
    /// </param>
    /// <exception cref="PkiException">There is an authority already, or a file cannot be written.</exception>
    /// <exception cref="ArgumentException">The options do not hold together; the message lists every problem.</exception>
    public static CertificateAuthority Create(
        string workspace, TimeProvider clock, AuthorityOptions? options = null, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(clock);
        options ??= new AuthorityOptions();
        options.Validate();
        var folder = new CertificateFolder(workspace);
        using var _ = AuthorityLock.Take(folder);
        AuthorityFiles.Create(folder, options, clock.GetUtcNow(), overwrite);
        var authority = new CertificateAuthority(folder, clock, options);
        authority._revocations.Publish();
        return authority;
    }

    /// <summary>
    /// Opens the authority that <see cref="Create"/> made; <paramref name="options"/> only say how long leaf certificates last.
    /// </summary>
    /// <exception cref="PkiException">There is none, or its key and certificate do not belong together.</exception>
    public static CertificateAuthority Open(string workspace, TimeProvider clock, AuthorityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        options ??= new AuthorityOptions();
        options.Validate();
        var folder = new CertificateFolder(workspace);
        return File.Exists(folder.SigningCertificate)
            ? new CertificateAuthority(folder, clock, options)
            : throw new PkiException($"The workspace {folder.Workspace} has no certificate authority; create one first.");
    }

    /// <summary>Reads and checks <c>cert/server/agg_FQDN.csr</c>.</summary>
    /// <exception cref="PkiException">It is missing, damaged, weak, or names another host.</exception>
    public InspectedRequest InspectAggregator(string host) => Inspect(PeerRole.Aggregator, PeerName.Aggregator(host));

    /// <summary>Reads and checks <c>cert/client/col_LABEL.csr</c> of this workspace.</summary>
    /// <exception cref="PkiException">It is missing, damaged, weak, or names another collaborator.</exception>
    public InspectedRequest InspectCollaborator(string label) => Inspect(PeerRole.Collaborator, PeerName.Collaborator(label));

    /// <summary>Reads and checks <c>cert/client/op_LABEL.csr</c> of this workspace.</summary>
    /// <exception cref="PkiException">It is missing, damaged, weak, or names another operator.</exception>
    public InspectedRequest InspectOperator(string label) => Inspect(PeerRole.Operator, PeerName.Collaborator(label));

    /// <summary>Reads and checks a package that a collaborator or an operator sent; nothing is unpacked.</summary>
    /// <param name="packagePath">The zip.</param>
    /// <param name="label">
    /// The name that is meant to be signed; null takes the one in the package, for a person to confirm.
    /// </param>
    /// <param name="role">What is meant to be signed; a package for another role is refused.</param>
    /// <exception cref="PkiException">
    /// It is not exactly one sound request, or its file name, its subject and the label differ.
    /// </exception>
    public static InspectedRequest InspectPackage(string packagePath, string? label = null, PeerRole role = PeerRole.Collaborator)
    {
        ArgumentException.ThrowIfNullOrEmpty(packagePath);
        return RequestPackage.Read(packagePath, label is null ? null : PeerName.Collaborator(label), role);
    }

    /// <summary>
    /// Signs what was inspected, logs it, and writes the aggregator's certificate or the package for who asked. Signing again
    /// makes another certificate, with its own serial and log line; the earlier one stays valid until it is revoked.
    /// </summary>
    /// <exception cref="PkiException">The signing certificate is not valid now, or a file cannot be written.</exception>
    public SignedRequest Sign(InspectedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var _ = AuthorityLock.Take(_folder);
        var now = _clock.GetUtcNow();
        var certificate = new CertificateIssuer(_certificate.SubjectDN, _key)
            .Leaf(request.Role, request.Name, request.PublicKey, now, EndOfLeaf(now));
        var record = IssuedCertificate.Of(certificate, request, now, CertificatePem.Fingerprint(_certificate));

        // Logged first: a certificate that exists nowhere is harmless in the log, the reverse is not.
        AuthorityLogs.Issued(_folder).Append(record);
        return new SignedRequest(record, Deliver(request, CertificatePem.Encode(certificate)));
    }

    /// <summary>
    /// Makes an aggregator on this machine a new key and signs it. What it replaces stays beside it as <c>.old</c>; its certificate
    /// stays valid.
    /// </summary>
    /// <param name="host">A DNS name or an IP address; it is lower-cased.</param>
    /// <param name="algorithm">The kind of key to make.</param>
    /// <exception cref="PkiException">The name is not usable, the signing certificate is not valid now, or a file cannot be written.</exception>
    public SignedRequest RenewAggregator(string host, KeyAlgorithm algorithm)
    {
        var name = PeerName.Aggregator(host);
        _ = EndOfLeaf(_clock.GetUtcNow()); // Before anything is replaced.
        WorkspaceFile.KeepOld(_folder.Key(PeerRole.Aggregator, name));
        WorkspaceFile.KeepOld(_folder.Certificate(PeerRole.Aggregator, name));
        new CertificateRequests(_folder.Workspace, _clock, algorithm).CreateForAggregator(name);
        return Sign(InspectAggregator(name));
    }

    /// <summary>Revokes one certificate and publishes the list. Repeating it changes nothing but the list's date.</summary>
    /// <returns>Its line in the revocation log, old or new.</returns>
    /// <exception cref="PkiException">This authority signed no certificate with that serial.</exception>
    public RevokedCertificate Revoke(CertificateSerial serial)
    {
        using var _ = AuthorityLock.Take(_folder);
        return _revocations.Revoke(serial);
    }

    /// <summary>Revokes every certificate of a collaborator that has not expired, and publishes the list. Repeatable.</summary>
    /// <returns>Their lines in the revocation log, old and new.</returns>
    /// <exception cref="PkiException">This authority signed no such certificate.</exception>
    public IReadOnlyList<RevokedCertificate> RevokeCollaborator(string label)
    {
        var name = PeerName.Collaborator(label);
        using var _ = AuthorityLock.Take(_folder);
        return _revocations.RevokeCollaborator(name);
    }

    private InspectedRequest Inspect(PeerRole role, string name)
    {
        var path = _folder.Request(role, name);
        return RequestReader.Read(WorkspaceFile.Read(path), path, role, name);
    }

    private DateTimeOffset EndOfLeaf(DateTimeOffset now)
    {
        var lastDay = new DateTimeOffset(_certificate.NotAfter);
        if (now >= lastDay || now < new DateTimeOffset(_certificate.NotBefore))
        {
            throw new PkiException(
                $"The signing certificate {_folder.SigningCertificate} is valid from "
                + $"{Printable.Of(new DateTimeOffset(_certificate.NotBefore))} "
                + $"to {Printable.Of(lastDay)} only; check this machine's clock, or create the authority anew.");
        }

        return now + _options.LeafLifetime < lastDay ? now + _options.LeafLifetime : lastDay;
    }

    private string Deliver(InspectedRequest request, byte[] certificate)
    {
        var path = _folder.Certificate(request.Role, request.Name);
        if (request.Role == PeerRole.Aggregator)
        {
            WorkspaceFile.WritePublic(path, certificate);
            return path;
        }

        var package = _folder.SignedPackage(request.Name, request.Role);
        SignedPackage.Write(package, _clock.GetUtcNow(), request.Role, request.Name, certificate, WorkspaceFile.Read(_folder.Chain));
        return package;
    }
}
