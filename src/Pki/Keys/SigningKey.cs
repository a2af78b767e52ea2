using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Actors.Pki;

/// <summary>A private key in memory, with its public half and the signature algorithm that goes with it.</summary>
internal sealed class SigningKey
{
    private const string Pkcs8Label = "PRIVATE KEY";
    private const string Pkcs1Label = "RSA PRIVATE KEY";

    private SigningKey(AsymmetricKeyParameter privateKey, AsymmetricKeyParameter publicKey)
    {
        Private = privateKey;
        Public = publicKey;
    }

    public AsymmetricKeyParameter Private { get; }

    public AsymmetricKeyParameter Public { get; }

    public ISignatureFactory CreateSigner() =>
        new Asn1SignatureFactory(Private is RsaKeyParameters ? "SHA384WITHRSA" : "SHA384WITHECDSA", Private, new SecureRandom());

    /// <summary>Makes a fresh key; <paramref name="pem"/> is its PKCS#8 text, ASCII, ending in a line feed.</summary>
    public static SigningKey Generate(KeyAlgorithm algorithm, out byte[] pem)
    {
        // The platform's generator is hundreds of times faster at RSA primes than a managed one.
        using AsymmetricAlgorithm key = algorithm switch
        {
            KeyAlgorithm.EcdsaP384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            KeyAlgorithm.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            KeyAlgorithm.Rsa3072 => RSA.Create(3072),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Choose EcdsaP384, EcdsaP256 or Rsa3072."),
        };

        var pkcs8 = key.ExportPkcs8PrivateKey();
        pem = Pem.Encode(Pkcs8Label, pkcs8);
        var made = FromPkcs8(pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return made;
    }

    /// <summary>Reads a PEM file: PKCS#8, or PKCS#1 as other authorities keep their RSA keys.</summary>
    /// <exception cref="PkiException">The file is missing or is not an unencrypted key.</exception>
    public static SigningKey Read(string path)
    {
        var pem = WorkspaceFile.Read(path);
        try
        {
            return Pem.Decode(pem, Pkcs1Label).FirstOrDefault() is { } pkcs1
                ? FromPkcs1(pkcs1)
                : FromPkcs8(Pem.DecodeSingle(pem, path, Pkcs8Label));
        }
        catch (Exception cause) when (cause is GeneralSecurityException or ArgumentException or IOException or InvalidOperationException)
        {
            throw new PkiException($"The private key {path} cannot be read: {cause.Message} Restore it from a backup.", cause);
        }
    }

    private static SigningKey FromPkcs1(byte[] pkcs1) =>
        FromPkcs8(new PrivateKeyInfo(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), Asn1Object.FromByteArray(pkcs1)).GetDerEncoded());

    private static SigningKey FromPkcs8(byte[] pkcs8)
    {
        var privateKey = PrivateKeyFactory.CreateKey(pkcs8);
        AsymmetricKeyParameter publicKey = privateKey switch
        {
            RsaPrivateCrtKeyParameters rsa => new RsaKeyParameters(isPrivate: false, rsa.Modulus, rsa.PublicExponent),
            ECPrivateKeyParameters { PublicKeyParamSet: { } curve } ec =>
                new ECPublicKeyParameters("EC", ec.Parameters.G.Multiply(ec.D).Normalize(), curve),
            _ => throw new InvalidOperationException("It is neither an RSA key nor an EC key on a named curve."),
        };
        return new SigningKey(privateKey, publicKey);
    }
}
