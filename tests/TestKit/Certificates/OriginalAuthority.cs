using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.TestKit.Certificates;

/// <summary>
/// Certificates as the original's <c>fx</c> makes them, in the places where it puts them: RSA 3072 with SHA-384, a root and a
/// signing authority, and leaves that say nothing of what they are for.
/// </summary>
public sealed class OriginalAuthority : IDisposable
{
    private const int KeyBits = 3072;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly string _folder;
    private readonly RSA _signingKey = RSA.Create(KeyBits);
    private readonly X509Certificate2 _signing;

    // One for all leaves: they differ in their names, and a handshake costs the same.
    private readonly RSA _leafKey = RSA.Create(KeyBits);

    /// <summary>Makes the authority and writes it with its chain.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    public OriginalAuthority(string workspace)
    {
        _folder = Path.Combine(workspace, "cert");
        using var rootKey = RSA.Create(KeyBits);
        using var root = SelfSigned(rootKey, "CN=Simple Root CA, OU=Simple Root CA, O=Simple Inc, DC=simple, DC=org");
        _signing = Issue(root, rootKey, _signingKey, "CN=Simple Signing CA, OU=Simple Signing CA, O=Simple Inc, DC=simple, DC=org", name: null);
        WriteAuthority("root-ca", root, rootKey);
        WriteAuthority("signing-ca", _signing, _signingKey);
        Write("cert_chain.crt", root.ExportCertificatePem() + "\n" + _signing.ExportCertificatePem() + "\n");
    }

    /// <summary>Issues the aggregator's certificate.</summary>
    public void IssueAggregator(string fqdn) => WriteLeaf($"server/agg_{fqdn}", fqdn);

    /// <summary>Issues a collaborator's certificate.</summary>
    public void IssueCollaborator(string name) => WriteLeaf($"client/col_{name}", name);

    public void Dispose()
    {
        _signing.Dispose();
        _signingKey.Dispose();
        _leafKey.Dispose();
    }

    private static X509Certificate2 SelfSigned(RSA key, string subject)
    {
        var request = Request(subject, key, name: null);
        var begin = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        return request.CreateSelfSigned(begin, begin + Lifetime);
    }

    private static X509Certificate2 Issue(X509Certificate2 issuer, RSA issuerKey, RSA key, string subject, string? name)
    {
        var generator = X509SignatureGenerator.CreateForRSA(issuerKey, RSASignaturePadding.Pkcs1);
        return Request(subject, key, name).Create(
            issuer.SubjectName, generator, issuer.NotBefore, issuer.NotAfter, RandomNumberGenerator.GetBytes(15));
    }

    private static CertificateRequest Request(string subject, RSA key, string? name)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(name is null, false, 0, critical: true));
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }

    private void WriteAuthority(string name, X509Certificate2 certificate, RSA key)
    {
        Write($"ca/{name}.crt", certificate.ExportCertificatePem() + "\n");
        Write($"ca/{name}/private/{name}.key", key.ExportRSAPrivateKeyPem() + "\n");
    }

    private void WriteLeaf(string file, string name)
    {
        using var leaf = Issue(_signing, _signingKey, _leafKey, $"CN={name}", name);
        Write($"{file}.crt", leaf.ExportCertificatePem() + "\n");
        Write($"{file}.key", _leafKey.ExportRSAPrivateKeyPem() + "\n");
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
