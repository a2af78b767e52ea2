using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Pki;

namespace Actors.Cli.Doctor;

/// <summary>Dials the aggregator as a collaborator would, up to its first words, and says what stood in the way.</summary>
internal sealed class AggregatorReach(DialledAggregator aggregator, TimeProvider clock)
{
    private const string Name = "aggregator";

    // What opens every HTTP/2 connection: the preface, and a frame of no settings.
    private static readonly byte[] Greeting = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private string? _refusal;

    private string Where => $"{aggregator.Address}:{aggregator.Port}";

    /// <summary>Dials once, for at most 5 seconds.</summary>
    public async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(aggregator.Address, aggregator.Port, both.Token);
            return await ShakeHandsAsync(socket, both.Token);
        }
        catch (SocketException problem)
        {
            return Unreachable(problem.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => $"nothing listens at {Where}",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the host name {aggregator.Address} is not known",
                _ => $"{Where} cannot be reached: {problem.Message}",
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreachable($"{Where} does not answer within {Patience.TotalSeconds} seconds");
        }
        catch (Exception problem) when (problem is AuthenticationException or IOException)
        {
            return NoTrust(_refusal ?? (problem.InnerException ?? problem).Message);
        }
    }

    private async Task<Finding> ShakeHandsAsync(TcpClient socket, CancellationToken cancellationToken)
    {
        using var own = OwnCertificate();
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = aggregator.Address,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                EnabledSslProtocols = aggregator.Versions,
                LocalCertificateSelectionCallback = own is null ? null : (_, _, _, _, _) => own,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => Accept(certificate, errors),
            },
            cancellationToken);

        // With TLS 1.3 the server judges our certificate after our end is done; a refusal comes in place of its first words,
        // and it speaks only when spoken to.
        if (await AnswersAsync(stream, cancellationToken))
        {
            return Finding.Ok(Name, $"{Where} answers, and its certificate is the federation's");
        }

        return own is null
            ? Finding.Ok(Name, $"{Where} is there, and its certificate is the federation's; it talks to collaborators only")
            : NoTrust($"the aggregator ended the connection: it does not accept the certificate '{own.Subject}', or it was revoked");
    }

    private static async Task<bool> AnswersAsync(SslStream stream, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(Greeting, cancellationToken);
            return await stream.ReadAsync(new byte[64], cancellationToken) > 0;
        }
        catch (IOException)
        {
            return false; // It ended the connection with an alert.
        }
    }

    private Finding NoTrust(string found) => Finding.Problem(
        Name, $"TLS with {Where} failed: {found}",
        "Both ends must have certificates of the same authority; compare cert/cert_chain.crt, and look at the findings about certificates.");

    private bool Accept(X509Certificate? certificate, SslPolicyErrors errors)
    {
        using var presented = certificate is null ? null : new X509Certificate2(certificate);
        _refusal = presented is null ? "it presented no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                ? $"its certificate '{presented.Subject}' is not made out to '{aggregator.Address}'"
                : aggregator.ProblemWith(presented);
        return _refusal is null;
    }

    private X509Certificate2? OwnCertificate()
    {
        var folder = Path.Combine(aggregator.Layout.CertificateFolder, "client");
        var certificate = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.crt").Order(StringComparer.Ordinal).FirstOrDefault(path => File.Exists(Path.ChangeExtension(path, "key")))
            : null;
        return certificate is null ? null : PeerTrust.LoadIdentity(certificate, Path.ChangeExtension(certificate, "key"));
    }

    // On the aggregator's own machine it only says that the aggregator has not been started.
    private Finding Unreachable(string found) => aggregator.IsHere
        ? Finding.Warning(Name, found, $"Start it: {aggregator.StartsWith}")
        : Finding.Problem(Name, found, $"Ask the aggregator's operator whether it runs; check {aggregator.WrittenIn} and the firewalls between.");
}
