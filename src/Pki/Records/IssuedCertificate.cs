using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>One line of the issuance log. Times are UTC.</summary>
public sealed record IssuedCertificate
{
    public required string Serial { get; init; }

    /// <summary>The name it was signed for: host name or collaborator label, without "CN=".</summary>
    public required string Subject { get; init; }

    public required PeerRole Kind { get; init; }

    /// <summary>SHA-384 of the certificate's DER bytes, lower-case hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Of the certified key, for example "EC secp384r1" or "RSA 3072".</summary>
    public required string KeyAlgorithm { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>
    /// SHA-384 of the signing authority's certificate, so that a log that outlives an overwritten authority says whose each line is.
    /// </summary>
    public required string Authority { get; init; }

    internal static IssuedCertificate Of(
        X509Certificate certificate, InspectedRequest request, DateTimeOffset signedAt, string authority) => new()
        {
            Serial = CertificateSerial.Of(certificate.SerialNumber).ToString(),
            Subject = request.Name,
            Kind = request.Role,
            Fingerprint = CertificatePem.Fingerprint(certificate),
            KeyAlgorithm = request.KeyAlgorithm,
            NotBefore = new DateTimeOffset(certificate.NotBefore),
            NotAfter = new DateTimeOffset(certificate.NotAfter),
            SignedAt = signedAt,
            Authority = authority,
        };
}
