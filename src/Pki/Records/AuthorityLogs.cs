namespace Actors.Pki;

/// <summary>What an authority has signed and taken back, oldest first, for listing; needs no key.</summary>
public static class AuthorityLogs
{
    /// <summary>Empty when nothing was ever signed in this workspace.</summary>
    /// <exception cref="PkiException">The log is unreadable or a line of it is damaged.</exception>
    public static IReadOnlyList<IssuedCertificate> ReadIssued(string workspace) =>
        Issued(new CertificateFolder(workspace)).Read();

    /// <summary>Empty when nothing was ever revoked in this workspace.</summary>
    /// <exception cref="PkiException">The log is unreadable or a line of it is damaged.</exception>
    public static IReadOnlyList<RevokedCertificate> ReadRevoked(string workspace) =>
        Revoked(new CertificateFolder(workspace)).Read();

    internal static RecordLog<IssuedCertificate> Issued(CertificateFolder folder) => new(folder.IssuanceLog);

    internal static RecordLog<RevokedCertificate> Revoked(CertificateFolder folder) => new(folder.RevocationLog);
}
