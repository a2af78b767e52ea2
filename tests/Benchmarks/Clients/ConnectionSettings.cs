using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Roles;
using Actors.Pki;

namespace Actors.Benchmarks.Clients;

/// <summary>What all clients of a process share: where the gateway is, and whom to trust.</summary>
internal sealed class ConnectionSettings(LoadSettings settings, CertificateFolder authority)
{
    private readonly PeerTrust _trust = new(authority.Chain, TimeProvider.System);

    /// <summary>What the process was told.</summary>
    public LoadSettings Settings => settings;

    /// <summary>The gateway.</summary>
    public Uri Address { get; } = new($"https://localhost:{settings.Port}");

    /// <summary>What is wrong with the gateway's certificate; null when it is trusted.</summary>
    public string? ProblemWith(X509Certificate2 certificate) =>
        _trust.ProblemWith(certificate, PeerRole.Aggregator);

    /// <summary>TLS as a collaborator speaks it.</summary>
    public SslClientAuthenticationOptions Tls(X509Certificate2 certificate) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        TargetHost = Address.Host,
        LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
        RemoteCertificateValidationCallback = (_, server, _, _) => server is X509Certificate2 presented && ProblemWith(presented) is null,
        CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
    };
}
