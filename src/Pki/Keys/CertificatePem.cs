using System.Security.Cryptography;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;

namespace Actors.Pki;

internal static class CertificatePem
{
    private const string Label = "CERTIFICATE";

    public static byte[] Encode(X509Certificate certificate) => Pem.Encode(Label, certificate.GetEncoded());

    /// <summary>SHA-384 of the certificate's DER bytes, in lower-case hexadecimal.</summary>
    public static string Fingerprint(X509Certificate certificate) =>
        Convert.ToHexStringLower(SHA384.HashData(certificate.GetEncoded()));

    /// <exception cref="PkiException">The file does not hold exactly one certificate.</exception>
    public static X509Certificate Read(string path)
    {
        try
        {
            return new X509Certificate(Pem.DecodeSingle(WorkspaceFile.Read(path), path, Label));
        }
        catch (Exception cause) when (cause is CertificateException or ArgumentException or IOException)
        {
            throw new PkiException($"The certificate {path} cannot be read ({cause.Message}); "
                + "restore it from a backup or have it signed again.", cause);
        }
    }

    /// <summary>Every certificate of a bundle, in order.</summary>
    public static List<X509Certificate> ReadAll(string path)
    {
        try
        {
            return [.. Pem.Decode(WorkspaceFile.Read(path), Label).Select(der => new X509Certificate(der))];
        }
        catch (Exception cause) when (cause is CertificateException or ArgumentException or IOException)
        {
            throw new PkiException($"The certificate bundle {path} cannot be read ({cause.Message}); "
                + "ask the federation's operator for it again.", cause);
        }
    }
}
