using System.Security.Cryptography.X509Certificates;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>What a collaborator shows the gateway, and what it asks of it.</summary>
/// <param name="Certificate">The collaborator's certificate with its private key; the caller disposes it after the process ended.</param>
/// <param name="Trust">Decides about the gateway's certificate.</param>
/// <param name="AllowTls12">Whether TLS 1.2 is good enough besides 1.3.</param>
public sealed record GatewayCredentials(X509Certificate2 Certificate, ServerTrust Trust, bool AllowTls12 = false);
