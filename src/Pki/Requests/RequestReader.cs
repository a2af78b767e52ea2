using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Actors.Pki;

/// <summary>Reads a request and refuses everything an authority must not sign.</summary>
internal static class RequestReader
{
    public const string PemLabel = "CERTIFICATE REQUEST";

    /// <param name="pem">The request's bytes.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="role">What is to be signed.</param>
    /// <param name="expectedName">The name the operator asked to sign, already validated.</param>
    public static InspectedRequest Read(byte[] pem, string source, PeerRole role, string expectedName)
    {
        var request = Decode(Pem.DecodeSingle(pem, source, PemLabel), source);
        var key = CheckKey(request, source, role);
        var algorithm = request.SignatureAlgorithm.Algorithm.Id;
        if (!SignatureStrength.IsEnoughForRequest(algorithm))
        {
            throw new PkiException(
                $"The request {source} is signed with {SignatureStrength.NameOf(algorithm)}, which is too weak; "
                + "make it again with SHA-384.");
        }

        if (!SignatureHolds(request))
        {
            throw new PkiException(
                $"The request {source} is not signed by the key it carries; it was damaged or altered, ask the requester for a new one.");
        }

        var name = CommonName(request);
        return name == expectedName
            ? new InspectedRequest(role, name, CertificateRequests.Fingerprint(pem), key.Name, request.GetPublicKey())
            : throw new PkiException(
                $"The request {source} names '{Printable.Of(name ?? "nobody")}' but '{expectedName}' was to be signed; "
                + "check with the requester who it is for.");
    }

    private static Pkcs10CertificationRequest Decode(byte[] der, string source)
    {
        try
        {
            return new Pkcs10CertificationRequest(der);
        }
        catch (Exception cause) when (cause is ArgumentException or IOException or InvalidCastException)
        {
            throw new PkiException($"The request {source} is damaged ({cause.Message}); ask the requester for a new one.", cause);
        }
    }

    private static KeyStrength CheckKey(Pkcs10CertificationRequest request, string source, PeerRole role)
    {
        var info = request.GetCertificationRequestInfo().SubjectPublicKeyInfo;
        var strength = KeyStrength.Of(PublicKey.CreateFromSubjectPublicKeyInfo(info.GetDerEncoded(), out _), role);
        return strength.IsEnough
            ? strength
            : throw new PkiException($"The request {source} has the key {strength.Name}, which is too weak; "
                + $"{KeyStrength.Remedy} and request again.");
    }

    private static bool SignatureHolds(Pkcs10CertificationRequest request)
    {
        try
        {
            return request.Verify();
        }
        catch (Exception cause) when (cause is GeneralSecurityException or CryptoException or ArgumentException or IOException)
        {
            return false;
        }
    }

    private static string? CommonName(Pkcs10CertificationRequest request)
    {
        var names = request.GetCertificationRequestInfo().Subject.GetValueList(X509Name.CN);
        return names.Count == 1 ? names[0] : null;
    }
}
