using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Identity;

namespace Actors.Silo.Security;

/// <summary>Who a caller is: the common name of its certificate, and nothing else.</summary>
internal static class CollaboratorIdentity
{
    /// <summary>The name in a certificate; null when it is none that a collaborator could have.</summary>
    public static CollaboratorName? Of(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return IdentifierRule.Allows(name) ? new CollaboratorName(name) : null;
    }
}
