using System.Security.Cryptography.X509Certificates;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>Decides whether a gateway's certificate is one of the federation's. The name in it and its dates are checked besides.</summary>
/// <param name="certificate">What the gateway presented; the caller disposes it.</param>
/// <returns>Null to trust it; otherwise what is wrong with it, for a person.</returns>
public delegate string? ServerTrust(X509Certificate2 certificate);
