using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Actors.Pki;

namespace Actors.Benchmarks;

/// <summary>
/// Issues certificates for simulated collaborators, thousands in a few seconds: the names differ, the key is the same, so that a
/// handshake costs what it costs with keys of their own.
/// </summary>
internal sealed class Certificates : IDisposable
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(-1);

    private readonly X509Certificate2 _issuer;
    private readonly ECDsa _issuerKey;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    /// <param name="workspace">Where the authority is, with its key.</param>
    public Certificates(string workspace)
    {
        var folder = new CertificateFolder(workspace);
        _issuer = PeerTrust.LoadIdentity(folder.SigningCertificate, folder.SigningKey);
        _issuerKey = _issuer.GetECDsaPrivateKey()!;
    }

    /// <summary>A collaborator's certificate with its key; the caller disposes it.</summary>
    public X509Certificate2 Issue(string collaborator)
    {
        var request = new CertificateRequest($"CN={collaborator}", _key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2")], critical: false));
        var begin = TimeProvider.System.GetUtcNow() + Before;
        using var bare = request.Create(
            _issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(_issuerKey), begin, begin.AddDays(1), RandomNumberGenerator.GetBytes(15));
        return bare.CopyWithPrivateKey(_key);
    }

    public void Dispose()
    {
        _key.Dispose();
        _issuerKey.Dispose();
        _issuer.Dispose();
    }
}
