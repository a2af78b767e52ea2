using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Pki;

/// <summary>Takes a signed package in on the machine of who asked for it; everything is verified before anything is written.</summary>
/// <param name="workspace">The workspace that holds the private key the request was made with.</param>
/// <param name="clock">Says whether the certificate is valid now.</param>
public sealed class CertificateImport(string workspace, TimeProvider clock)
{
    private readonly CertificateFolder _folder = new(workspace);

    /// <summary>
    /// Writes <c>cert/client/col_LABEL.crt</c>, or an operator's <c>op_LABEL.crt</c>, and <c>cert/cert_chain.crt</c>. Importing the same package again changes nothing.
    /// </summary>
    /// <param name="packagePath">The zip that came back from the aggregator's operator.</param>
    /// <param name="acceptMissingUsage">Accept a certificate without an extended key usage, from another authority.</param>
    /// <param name="role">Whose certificate is expected.</param>
    /// <exception cref="PkiException">
    /// The package is not what it should be, the certificate does not belong to the local private key or does not lead to
    /// the chain in the package, or the workspace already trusts another chain.
    /// </exception>
    public ImportedCertificate Import(string packagePath, bool acceptMissingUsage = false, PeerRole role = PeerRole.Collaborator)
    {
        ArgumentException.ThrowIfNullOrEmpty(packagePath);
        var package = SignedPackage.Read(packagePath, role);
        RefuseOtherChain(package, packagePath);

        var certificatePath = _folder.Certificate(role, package.Label);
        var keyPath = _folder.Key(role, package.Label);
        var pem = Encoding.ASCII.GetString(package.Certificate);
        using var identity = IdentityFile.Load(pem, $"the certificate in {packagePath}", keyPath);
        var name = PeerTrust.CommonName(identity);
        if (name != package.Label)
        {
            throw new PkiException(
                $"The certificate in {packagePath} names '{Printable.Of(name ?? "nobody")}' but is filed as '{package.Label}'; "
                + "ask the aggregator's operator to sign the request again.");
        }

        var trust = new PeerTrust(TrustBundle.Parse(package.Chain, $"the chain in {packagePath}"), clock, null, acceptMissingUsage);
        var verdict = trust.Verify(identity, [], role);
        if (!verdict.IsTrusted)
        {
            throw new PkiException($"The package {packagePath} was not imported: {verdict.Sentence}");
        }

        WorkspaceFile.WritePublic(_folder.Chain, package.Chain);
        WorkspaceFile.WritePublic(certificatePath, package.Certificate);
        return new ImportedCertificate(
            package.Label,
            certificatePath,
            new DateTimeOffset(identity.NotAfter).ToUniversalTime(),
            CertificateRequests.Fingerprint(package.Chain));
    }

    // Otherwise whoever can send a package could also choose which aggregator this collaborator believes.
    private void RefuseOtherChain(SignedPackage package, string packagePath)
    {
        if (File.Exists(_folder.Chain) && !WorkspaceFile.Read(_folder.Chain).AsSpan().SequenceEqual(package.Chain))
        {
            throw new PkiException(
                $"The package {packagePath} brings another certificate chain than {_folder.Chain}; "
                + "ask the aggregator's operator whether the authority was replaced, and only then delete that file and import again.");
        }
    }
}
