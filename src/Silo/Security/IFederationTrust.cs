using System.Security.Cryptography.X509Certificates;

namespace Actors.Silo.Security;

/// <summary>Decides about certificates where operators dial in beside collaborators.</summary>
public interface IFederationTrust : IPeerTrust
{
    /// <summary>What is wrong with an operator's certificate, as a sentence with the remedy; null when it is trusted.</summary>
    /// <param name="certificate">What the peer presented; null when it presented nothing.</param>
    string? ProblemWithOperator(X509Certificate2? certificate);
}
