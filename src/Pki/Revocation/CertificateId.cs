using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>
/// What a revocation list knows a certificate by. Issuers are compared by their text in upper case, because two encoders may
/// write one name in different bytes.
/// </summary>
internal readonly record struct CertificateId(string Issuer, CertificateSerial Serial)
{
    public static CertificateId Of(X509Certificate2 certificate) =>
        new(Normalize(certificate.IssuerName), CertificateSerial.Of(certificate));

    public static string Normalize(X500DistinguishedName name) => name.Name.ToUpperInvariant();
}
