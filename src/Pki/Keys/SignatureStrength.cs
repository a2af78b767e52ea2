using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Actors.Pki;

/// <summary>Which signature algorithms count, by object identifier.</summary>
internal static class SignatureStrength
{
    private static readonly FrozenSet<string> Sha384OrMore = new[]
    {
        "1.2.840.10045.4.3.3", // ECDSA with SHA-384
        "1.2.840.10045.4.3.4", // ECDSA with SHA-512
        "1.2.840.113549.1.1.12", // RSA with SHA-384
        "1.2.840.113549.1.1.13", // RSA with SHA-512
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Broken = new[]
    {
        "1.2.840.113549.1.1.2", // RSA with MD2
        "1.2.840.113549.1.1.4", // RSA with MD5
        "1.2.840.113549.1.1.5", // RSA with SHA-1
        "1.3.14.3.2.29", // RSA with SHA-1, old name
        "1.2.840.10040.4.3", // DSA with SHA-1
        "1.2.840.10045.4.1", // ECDSA with SHA-1
    }.ToFrozenSet();

    /// <summary>What a request must be signed with.</summary>
    public static bool IsEnoughForRequest(string oid) => Sha384OrMore.Contains(oid);

    /// <summary>A hospital's own authority commonly signs with SHA-256, which holds; MD5 and SHA-1 do not.</summary>
    public static bool IsBroken(string oid) => Broken.Contains(oid);

    public static string NameOf(string oid) => new Oid(oid).FriendlyName ?? oid;
}
