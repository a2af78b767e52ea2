using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Contracts.Federations;

/// <summary>
/// An author's signature under <see cref="ExperimentDigests"/>: ECDSA in its usual ASN.1 form (RFC 3279) or RSA with PKCS #1 v1.5
/// (RFC 8017), both over SHA-384. Whether the author's certificate is to be trusted is another question.
/// </summary>
public static class AuthorSignature
{
    /// <summary>Signs a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="author">The author's certificate with its private key.</param>
    /// <exception cref="ArgumentException">The certificate has no key that can sign.</exception>
    public static byte[] Sign(string text, X509Certificate2 author)
    {
        ArgumentNullException.ThrowIfNull(author);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (author.GetECDsaPrivateKey() is { } ecdsa)
        {
            using (ecdsa)
            {
                return ecdsa.SignData(bytes, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
            }
        }

        using var rsa = author.GetRSAPrivateKey()
            ?? throw new ArgumentException($"The certificate '{author.Subject}' has no private key; name the author's own.", nameof(author));
        return rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether a signature is the author's, under this very text.</summary>
    public static bool Holds(string text, byte[] signature, X509Certificate2 author)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(signature);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (author.GetECDsaPublicKey() is { } ecdsa)
        {
            using (ecdsa)
            {
                return ecdsa.VerifyData(bytes, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
            }
        }

        using var rsa = author.GetRSAPublicKey();
        return rsa is not null && rsa.VerifyData(bytes, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
    }
}
