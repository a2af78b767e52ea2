using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>A certificate and the authorities above it, root last: what must be looked at again on every call.</summary>
internal sealed record TrustPath(IReadOnlyList<TrustPath.Link> Links)
{
    public static TrustPath Of(X509Chain chain) => new([.. chain.ChainElements.Select(element => Link.Of(element.Certificate))]);

    internal sealed record Link(string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, CertificateId Id)
    {
        public static Link Of(X509Certificate2 certificate) => new(
            Printable.Of(certificate.Subject),
            new DateTimeOffset(certificate.NotBefore),
            new DateTimeOffset(certificate.NotAfter),
            CertificateId.Of(certificate));
    }
}
