using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>Says in a sentence why a call did not get through, with the certificate's part named when TLS is to blame.</summary>
internal static class FailureReason
{
    public static string Of(RpcException failure, GatewayEndpoint endpoint, X509Certificate2 own, DateTimeOffset now)
    {
        if (endpoint.Check.Problem is { } problem)
        {
            return problem;
        }

        var causes = Causes(failure).ToList();
        var gateway = endpoint.Address.Authority;
        if (causes.Any(IsRefusalOfOurs))
        {
            return $"The gateway {gateway} ended the connection when it saw our certificate '{own.Subject}': {WhatIsWrongWith(own, now)}.";
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => $"Nothing listens at {gateway}.",
                SocketError.HostNotFound or SocketError.NoData => $"The host name {endpoint.Address.Host} is not known.",
                _ => $"The connection to {gateway} failed: {socket.Message}.",
            };
        }

        return causes.OfType<AuthenticationException>().FirstOrDefault() is { } handshake
            ? $"The TLS handshake with {gateway} failed: {(handshake.InnerException ?? handshake).Message}"
            : $"The gateway {gateway} answered {failure.StatusCode}: {failure.Status.Detail}";
    }

    // TLS 1.3 ends the client's handshake before the server has looked at the client's certificate. A refusal shows only in the
    // place of the first answer: as an alert, or as an end before HTTP/2 has begun. The transport tells either by its words alone.
    private static bool IsRefusalOfOurs(Exception cause) =>
        cause.Message.Contains("did not complete the HTTP/2 handshake", StringComparison.Ordinal)
        || (cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase)
            && (cause.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
                || cause.Message.Contains("unknown ca", StringComparison.OrdinalIgnoreCase)));

    private static string WhatIsWrongWith(X509Certificate2 own, DateTimeOffset now) =>
        now > own.NotAfter ? $"it expired on {own.NotAfter.ToUniversalTime():u}; have it renewed"
        : now < own.NotBefore ? $"it is valid only from {own.NotBefore.ToUniversalTime():u}; compare the clocks of both machines"
        : $"its issuer '{own.Issuer}' may not be the federation's authority, or it was revoked; ask the aggregator's operator";

    private static IEnumerable<Exception> Causes(RpcException failure)
    {
        for (var cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
