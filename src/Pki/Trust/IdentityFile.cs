using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Pki;

/// <summary>Joins a certificate with its private key.</summary>
internal static class IdentityFile
{
    public static X509Certificate2 Load(string certificatePath, string keyPath) =>
        Load(Encoding.ASCII.GetString(WorkspaceFile.Read(certificatePath)), $"the certificate {certificatePath}", keyPath);

    public static X509Certificate2 Load(string certificatePem, string source, string keyPath)
    {
        var key = Encoding.ASCII.GetString(WorkspaceFile.Read(keyPath));
        try
        {
            var identity = X509Certificate2.CreateFromPem(certificatePem, key);
            return OperatingSystem.IsWindows() ? Persisted(identity) : identity;
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw new PkiException(
                $"The private key {keyPath} does not belong to {source}, or one of them is damaged or encrypted ({cause.Message}); "
                + "use the pair that was made together, with an unencrypted key.",
                cause);
        }
    }

    // Windows' TLS cannot use a key that exists in memory only.
    private static X509Certificate2 Persisted(X509Certificate2 identity)
    {
        using (identity)
        {
            return X509CertificateLoader.LoadPkcs12(identity.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
