using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Pki;

/// <summary>The authorities of a PEM bundle: self-signed ones are roots, the others lead to them. Lives as long as the process.</summary>
internal sealed class TrustBundle
{
    private TrustBundle(X509Certificate2Collection roots, X509Certificate2Collection intermediates)
    {
        Roots = roots;
        Intermediates = intermediates;
    }

    public X509Certificate2Collection Roots { get; }

    public X509Certificate2Collection Intermediates { get; }

    public static TrustBundle Read(string path) => Parse(WorkspaceFile.Read(path), path);

    /// <exception cref="PkiException">It cannot be read, or has no self-signed authority.</exception>
    public static TrustBundle Parse(byte[] pem, string source)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Encoding.ASCII.GetString(pem));
        }
        catch (CryptographicException cause)
        {
            throw new PkiException($"The certificate bundle {source} cannot be read ({cause.Message}); "
                + "ask the federation's operator for it again.", cause);
        }

        var roots = new X509Certificate2Collection();
        var intermediates = new X509Certificate2Collection();
        foreach (var certificate in all.Where(IsAuthority))
        {
            var isRoot = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            (isRoot ? roots : intermediates).Add(certificate);
        }

        return roots.Count > 0
            ? new TrustBundle(roots, intermediates)
            : throw new PkiException($"The certificate bundle {source} has no root authority; "
                + "add the self-signed certificate that the others lead to.");
    }

    public static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);
}
