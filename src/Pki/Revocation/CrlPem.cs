using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>Reads revocation lists and believes those that an authority of the chain has signed.</summary>
internal static class CrlPem
{
    public const string Label = "X509 CRL";

    // KeyUsage bit 6 of RFC 5280.
    private const int CrlSignBit = 6;

    /// <summary>Every list of the file, verified.</summary>
    /// <exception cref="PkiException">There is none, or one of them is damaged, foreign, altered or of an unknown kind.</exception>
    public static List<X509Crl> Read(byte[] pem, string path, IReadOnlyList<X509Certificate> chain)
    {
        List<X509Crl> lists;
        try
        {
            lists = [.. Pem.Decode(pem, Label).Select(der => new X509Crl(der))];
        }
        catch (Exception cause) when (cause is CrlException or ArgumentException or IOException or InvalidCastException)
        {
            throw new PkiException($"The revocation list {path} is damaged ({cause.Message}); "
                + "ask the federation's operator for it again.", cause);
        }

        if (lists.Count == 0)
        {
            throw new PkiException($"The revocation list {path} holds no PEM block '{Label}'; "
                + "ask the federation's operator for it again.");
        }

        foreach (var list in lists)
        {
            Check(list, path, chain);
        }

        return lists;
    }

    private static void Check(X509Crl list, string path, IReadOnlyList<X509Certificate> chain)
    {
        if (SignatureStrength.IsBroken(list.SigAlgOid) || !chain.Any(authority => IsSignedBy(list, authority)))
        {
            throw new PkiException(
                $"The revocation list {path} is not signed by an authority of the chain ('{Printable.Of(list.IssuerDN.ToString())}'); "
                + "it was altered or belongs to another federation, ask the federation's operator for the right one.");
        }

        // A list with a critical extension may be partial; reading it as complete would let a revoked peer in.
        if (list.GetCriticalExtensionOids().Count > 0)
        {
            throw new PkiException($"The revocation list {path} is partial or of an unknown kind; ask the authority for a complete one.");
        }
    }

    private static bool IsSignedBy(X509Crl list, X509Certificate authority)
    {
        var usage = authority.GetKeyUsage();
        if (!authority.SubjectDN.Equivalent(list.IssuerDN)
            || authority.GetBasicConstraints() < 0
            || (usage is not null && !usage[CrlSignBit]))
        {
            return false;
        }

        try
        {
            list.Verify(authority.GetPublicKey());
            return true;
        }
        catch (Exception cause) when (cause is GeneralSecurityException or CryptoException or ArgumentException or IOException)
        {
            return false;
        }
    }
}
