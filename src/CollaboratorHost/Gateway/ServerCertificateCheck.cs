using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// Checks the certificate that one address presents, and remembers what was wrong with the last one: the transport's exception
/// says only that a callback said no.
/// </summary>
internal sealed class ServerCertificateCheck(Uri address, ServerTrust trust, TimeProvider clock)
{
    private volatile string? _problem;

    /// <summary>What was wrong with the last certificate; null when it was good or none was seen.</summary>
    public string? Problem => _problem;

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var presented = certificate is null ? null : new X509Certificate2(certificate);
        _problem = presented is null ? $"The gateway {address.Authority} presented no certificate." : ProblemOf(presented, errors);
        return _problem is null;
    }

    private string? ProblemOf(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        var what = $"The gateway {address.Authority} presented the certificate '{certificate.Subject}', ";
        var now = clock.GetUtcNow();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"{what}which is not made out to '{address.Host}': dial a name that stands in it, or have it issued for this name.";
        }

        if (now > certificate.NotAfter)
        {
            return $"{what}which expired on {certificate.NotAfter.ToUniversalTime():u}: the aggregator's operator must renew it.";
        }

        if (now < certificate.NotBefore)
        {
            return $"{what}which is valid only from {certificate.NotBefore.ToUniversalTime():u}: compare the clocks of both machines.";
        }

        return trust(certificate) is { } reason ? $"{what}which is not trusted: {reason}" : null;
    }
}
