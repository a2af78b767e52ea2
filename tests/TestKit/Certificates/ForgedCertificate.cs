using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Pki;

namespace Actors.TestKit.Certificates;

/// <summary>Certificates that the real authority would refuse to sign; each lasts one day.</summary>
internal static class ForgedCertificate
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <param name="issuer">The signing authority with its key.</param>
    /// <param name="role">Null leaves the extended key usage out.</param>
    /// <param name="name">Common name and alternative name; "localhost" brings 127.0.0.1 with it.</param>
    /// <param name="notBefore">When it begins.</param>
    /// <param name="key">The certificate's key; copied.</param>
    public static X509Certificate2 Make(
        X509Certificate2 issuer, PeerRole? role, string name, DateTimeOffset notBefore, AsymmetricAlgorithm key)
    {
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (role is not null)
        {
            var usage = new OidCollection { new(role == PeerRole.Aggregator ? ServerAuth : ClientAuth) };
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usage, critical: false));
        }

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using var issuerKey = issuer.GetECDsaPrivateKey()!;
        using var bare = request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            notBefore,
            notBefore.AddDays(1),
            RandomNumberGenerator.GetBytes(15));
        return key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key);
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key)
    {
        var subject = new X500DistinguishedName($"CN={name}");
        return key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA384);
    }
}
