using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>Creates the two authorities of a federation on disk, and reads the signing one back.</summary>
internal static class AuthorityFiles
{
    public static void Create(CertificateFolder folder, AuthorityOptions options, DateTimeOffset now, bool overwrite)
    {
        RefuseExisting(folder, overwrite);
        var rootKey = SigningKey.Generate(options.KeyAlgorithm, out var rootPem);
        var root = new CertificateIssuer(DistinguishedName.OfRoot(options.Organization), rootKey);
        var rootCertificate = root.SelfSigned(now, options.RootLifetime);

        var signingKey = SigningKey.Generate(options.KeyAlgorithm, out var signingPem);
        var signingName = DistinguishedName.OfSigning(options.Organization);
        var end = now + (options.SigningLifetime < options.RootLifetime ? options.SigningLifetime : options.RootLifetime);
        var signingCertificate = root.Authority(signingName, signingKey.Public, pathLength: 0, now, end);

        WorkspaceFile.WritePrivate(folder.RootKey, rootPem);
        WorkspaceFile.WritePrivate(folder.SigningKey, signingPem);
        byte[] rootText = CertificatePem.Encode(rootCertificate), signingText = CertificatePem.Encode(signingCertificate);
        WorkspaceFile.WritePublic(folder.RootCertificate, rootText);
        WorkspaceFile.WritePublic(folder.SigningCertificate, signingText);
        WorkspaceFile.WritePublic(folder.Chain, [.. rootText, .. signingText]);
    }

    public static (X509Certificate Certificate, SigningKey Key) ReadSigning(CertificateFolder folder)
    {
        var certificate = CertificatePem.Read(folder.SigningCertificate);
        var key = SigningKey.Read(folder.SigningKey);
        return certificate.GetPublicKey().Equals(key.Public)
            ? (certificate, key)
            : throw new PkiException(
                $"The signing key {folder.SigningKey} does not belong to {folder.SigningCertificate}; "
                + "restore both from the same backup.");
    }

    private static void RefuseExisting(CertificateFolder folder, bool overwrite)
    {
        var existing = new[] { folder.RootKey, folder.RootCertificate, folder.SigningKey, folder.SigningCertificate, folder.Chain }
            .FirstOrDefault(File.Exists);
        if (existing is not null && !overwrite)
        {
            throw new PkiException(
                $"The workspace {folder.Workspace} already has a certificate authority ({existing}); "
                + "keep it, or ask for it to be overwritten, which makes every certificate it signed worthless.");
        }
    }
}
