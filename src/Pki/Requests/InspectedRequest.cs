using Org.BouncyCastle.Crypto;

namespace Actors.Pki;

/// <summary>
/// A request that was read, checked and held in memory: what the operator confirms is what is signed, even if the file
/// changes in between.
/// </summary>
public sealed class InspectedRequest
{
    internal InspectedRequest(PeerRole role, string name, string fingerprint, string keyAlgorithm, AsymmetricKeyParameter publicKey)
    {
        Role = role;
        Name = name;
        Fingerprint = fingerprint;
        KeyAlgorithm = keyAlgorithm;
        PublicKey = publicKey;
    }

    public PeerRole Role { get; }

    /// <summary>The host name or collaborator label, which is also the request's common name.</summary>
    public string Name { get; }

    /// <summary>SHA-384 of the request's PEM bytes, lower-case hexadecimal; the requester reads out the same one.</summary>
    public string Fingerprint { get; }

    /// <summary>For example "EC secp384r1" or "RSA 3072".</summary>
    public string KeyAlgorithm { get; }

    internal AsymmetricKeyParameter PublicKey { get; }
}
