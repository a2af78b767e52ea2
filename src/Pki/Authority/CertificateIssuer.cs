using System.Net;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>Builds certificates; the only place that decides what stands in one.</summary>
/// <param name="subject">The issuing authority's subject.</param>
/// <param name="key">Its key.</param>
internal sealed class CertificateIssuer(X509Name subject, SigningKey key)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public X509Certificate SelfSigned(DateTimeOffset now, TimeSpan lifetime) =>
        Authority(subject, key.Public, pathLength: 1, now, now + lifetime);

    public X509Certificate Authority(
        X509Name name, AsymmetricKeyParameter publicKey, int pathLength, DateTimeOffset now, DateTimeOffset end)
    {
        var generator = Begin(name, publicKey, now, end);
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(pathLength));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        return generator.Generate(key.CreateSigner());
    }

    /// <summary>A certificate for one role and one name; nothing in it comes from the request but its key.</summary>
    public X509Certificate Leaf(PeerRole role, string name, AsymmetricKeyParameter publicKey, DateTimeOffset now, DateTimeOffset end)
    {
        var generator = Begin(DistinguishedName.OfPeer(name), publicKey, now, end);
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(cA: false));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(KeyUsage.DigitalSignature));
        generator.AddExtension(X509Extensions.ExtendedKeyUsage, critical: false, new ExtendedKeyUsage(Usages(role)));
        generator.AddExtension(X509Extensions.SubjectAlternativeName, critical: false, AlternativeNames(role, name));
        return generator.Generate(key.CreateSigner());
    }

    public static GeneralNames AlternativeNames(PeerRole role, string name)
    {
        var dns = new GeneralName(GeneralName.DnsName, name);
        return role == PeerRole.Aggregator && PeerName.IsAddress(name)
            ? new GeneralNames([dns, new GeneralName(GeneralName.IPAddress, new DerOctetString(IPAddress.Parse(name).GetAddressBytes()))])
            : new GeneralNames(dns);
    }

    private static DerObjectIdentifier[] Usages(PeerRole role) => role switch
    {
        PeerRole.Aggregator => [KeyPurposeID.id_kp_serverAuth],
        PeerRole.Operator => [KeyPurposeID.id_kp_clientAuth, new DerObjectIdentifier(PeerRoles.OperatorUsage)],
        _ => [KeyPurposeID.id_kp_clientAuth],
    };

    public static AuthorityKeyIdentifier AuthorityKeyIdentifier(AsymmetricKeyParameter publicKey) =>
        new(KeyIdentifier(publicKey));

    private X509V3CertificateGenerator Begin(X509Name name, AsymmetricKeyParameter publicKey, DateTimeOffset now, DateTimeOffset end)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(FreshSerial());
        generator.SetIssuerDN(subject);
        generator.SetSubjectDN(name);
        generator.SetNotBefore((now - ClockSkew).UtcDateTime);
        generator.SetNotAfter(end.UtcDateTime);
        generator.SetPublicKey(publicKey);
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, critical: false, new SubjectKeyIdentifier(KeyIdentifier(publicKey)));
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, AuthorityKeyIdentifier(key.Public));
        return generator;
    }

    // 127 random bits after a leading one: never zero, never negative, always the same length.
    private static BigInteger FreshSerial()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[0] = (byte)((bytes[0] & 0x3f) | 0x40);
        return new BigInteger(1, bytes);
    }

    // RFC 7093, method 3: the first 160 bits of the SHA-384 of the key.
    private static byte[] KeyIdentifier(AsymmetricKeyParameter publicKey)
    {
        var info = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(publicKey);
        return SHA384.HashData(info.PublicKey.GetBytes())[..20];
    }
}
