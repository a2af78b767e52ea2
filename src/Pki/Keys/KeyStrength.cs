using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>
/// The least a public key must be: RSA of 3072 bits, or EC of 384 bits on a named curve. An aggregator's may be on secp256r1, too,
/// which is as strong as RSA 3072.
/// </summary>
internal readonly record struct KeyStrength(string Name, bool IsEnough)
{
    private const int LeastRsaBits = 3072;
    private const int LeastEcBits = 384;
    private const string FastCurve = "secp256r1";

    /// <summary>Ends the message of every refusal.</summary>
    public const string Remedy = "make a new key with ECDSA secp384r1 or RSA 3072";

    /// <summary>Judges a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="role">Whose it is; null for an authority's.</param>
    public static KeyStrength Of(PublicKey key, PeerRole? role)
    {
        try
        {
            using var rsa = key.GetRSAPublicKey();
            if (rsa is not null)
            {
                return new KeyStrength($"RSA {rsa.KeySize}", rsa.KeySize >= LeastRsaBits);
            }

            using var ec = key.GetECDsaPublicKey();
            if (ec is not null)
            {
                var curve = ec.ExportParameters(includePrivateParameters: false).Curve;
                var name = NameOf(curve, ec.KeySize);
                return new KeyStrength(
                    $"EC {name}", curve.IsNamed && (ec.KeySize >= LeastEcBits || (role == PeerRole.Aggregator && name == FastCurve)));
            }
        }
        catch (CryptographicException)
        {
            // A key the platform cannot read is refused like any other unsuitable one.
        }

        return new KeyStrength(key.Oid.FriendlyName ?? key.Oid.Value ?? "unknown", false);
    }

    // Platforms have their own names for curves; logs should not depend on where they were written.
    private static string NameOf(ECCurve curve, int bits) => curve.Oid?.Value switch
    {
        "1.2.840.10045.3.1.7" => FastCurve,
        "1.3.132.0.34" => "secp384r1",
        "1.3.132.0.35" => "secp521r1",
        { } other => other,
        null => $"of {bits} bits on an unnamed curve",
    };
}
