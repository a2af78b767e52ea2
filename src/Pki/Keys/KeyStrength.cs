using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>The least a public key must be: RSA of 3072 bits, or EC of 384 bits on a named curve.</summary>
internal readonly record struct KeyStrength(string Name, bool IsEnough)
{
    private const int LeastRsaBits = 3072;
    private const int LeastEcBits = 384;

    /// <summary>Ends the message of every refusal.</summary>
    public const string Remedy = "make a new key with ECDSA secp384r1 or RSA 3072";

    public static KeyStrength Of(PublicKey key)
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
                return new KeyStrength($"EC {NameOf(curve, ec.KeySize)}", ec.KeySize >= LeastEcBits && curve.IsNamed);
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
        "1.2.840.10045.3.1.7" => "secp256r1",
        "1.3.132.0.34" => "secp384r1",
        "1.3.132.0.35" => "secp521r1",
        { } other => other,
        null => $"of {bits} bits on an unnamed curve",
    };
}
