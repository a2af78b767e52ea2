namespace Actors.Pki;

/// <summary>Which signature algorithms count, by object identifier.</summary>
internal static class SignatureStrength
{
    // The order is from broken to strong; what is not listed is not accepted in a request.
    private static readonly Dictionary<string, (string Name, int HashBits)> Known = new()
    {
        ["1.2.840.113549.1.1.2"] = ("RSA with MD2", 0),
        ["1.2.840.113549.1.1.4"] = ("RSA with MD5", 0),
        ["1.2.840.113549.1.1.5"] = ("RSA with SHA-1", 0),
        ["1.3.14.3.2.29"] = ("RSA with SHA-1", 0),
        ["1.2.840.10040.4.3"] = ("DSA with SHA-1", 0),
        ["1.2.840.10045.4.1"] = ("ECDSA with SHA-1", 0),
        ["1.2.840.10045.4.3.2"] = ("ECDSA with SHA-256", 256),
        ["1.2.840.113549.1.1.11"] = ("RSA with SHA-256", 256),
        ["1.2.840.10045.4.3.3"] = ("ECDSA with SHA-384", 384),
        ["1.2.840.113549.1.1.12"] = ("RSA with SHA-384", 384),
        ["1.2.840.10045.4.3.4"] = ("ECDSA with SHA-512", 512),
        ["1.2.840.113549.1.1.13"] = ("RSA with SHA-512", 512),
    };

    /// <summary>What a request must be signed with: SHA-384 or SHA-512.</summary>
    public static bool IsEnoughForRequest(string oid) => Known.TryGetValue(oid, out var known) && known.HashBits >= 384;

    /// <summary>A hospital's own authority commonly signs with SHA-256, which holds; MD5 and SHA-1 do not.</summary>
    public static bool IsBroken(string oid) => Known.TryGetValue(oid, out var known) && known.HashBits == 0;

    public static string NameOf(string oid) => Known.TryGetValue(oid, out var known) ? known.Name : oid;
}
