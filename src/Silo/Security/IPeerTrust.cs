using System.Security.Cryptography.X509Certificates;

namespace Actors.Silo.Security;

/// <summary>Decides whether a client certificate is trusted. Called at every handshake and at every call; answers fast.</summary>
public interface IPeerTrust
{
    /// <summary>What is wrong with a collaborator's certificate, as a sentence with the remedy; null when it is trusted.</summary>
    /// <param name="certificate">What the peer presented; null when it presented nothing.</param>
    string? ProblemWith(X509Certificate2? certificate);
}
