using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.CollaboratorHost.Tests;

/// <summary>An authority made in memory, and what it signs.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    public X509Certificate2 Server(string host = "localhost") => Issue(host, host, Now.AddDays(-1), Now.AddDays(1));

    public X509Certificate2 ExpiredServer() => Issue("localhost", "localhost", Now.AddDays(-9), Now.AddDays(-2));

    public X509Certificate2 Client(string name) => Issue(name, null, Now.AddDays(-1), Now.AddDays(1));

    /// <summary>Null when this authority signed the certificate, whatever its dates.</summary>
    public string? WhyNotTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) ? null : $"its issuer '{certificate.Issuer}' is not the federation's authority";
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(string name, string? host, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_authority, from, to, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
