using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Transport;

/// <summary>What both ends show each other before anything else is said.</summary>
/// <param name="certificate">The aggregator's, with its private key.</param>
/// <param name="versions">The versions of TLS that are spoken.</param>
/// <param name="problemWithClient">What is wrong with the certificate of whoever dials; null when the handshake may go on.</param>
internal sealed partial class TlsHandshake(X509Certificate2 certificate, SslProtocols versions, Func<X509Certificate2, string?> problemWithClient)
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    // Offline: an authority of the federation's own is nowhere to be found.
    private readonly SslStreamCertificateContext _certificate = SslStreamCertificateContext.Create(certificate, null, offline: true);

    /// <summary>For a new connection.</summary>
    /// <param name="logger">Hears whom the handshake refuses, and why.</param>
    public SslServerAuthenticationOptions Options(ILogger logger) => new()
    {
        ServerCertificateContext = _certificate,
        EnabledSslProtocols = versions,
        ApplicationProtocols = Protocols,
        ClientCertificateRequired = true,
        AllowRenegotiation = false,
        CertificateChainPolicy = NoChain(),
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is X509Certificate2 client && Accepts(client, logger),
    };

    // The platform would look for a path to an authority of the machine's at every handshake. Collaborators of the original make one for each
    // call. Revocation is decided by the federation's own list, in the trust.
    private static X509ChainPolicy NoChain() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    // The platform's verdict is not asked: it knows nothing of the federation's own authority.
    private bool Accepts(X509Certificate2 certificate, ILogger logger)
    {
        if (problemWithClient(certificate) is not { } problem)
        {
            return true;
        }

        LogHandshakeRefused(logger, certificate.Subject, problem);
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Refused the handshake of {Subject}: {Problem}")]
    private static partial void LogHandshakeRefused(ILogger logger, string subject, string problem);
}
