using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Identity;
using Actors.Silo.Gateway;
using Actors.Silo.Security;

using Grpc.Core;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Federations;

/// <summary>Lets in operators only. Who they are stands in their certificate, that they are operators too.</summary>
internal sealed class OperatorInterceptor(IFederationTrust trust, ILogger<OperatorInterceptor> logger) : GuardedCalls<string>(logger)
{
    /// <inheritdoc/>
    protected override Task<string> AdmitAsync(ServerCallContext context)
    {
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        if (trust.ProblemWithOperator(certificate) is { } problem)
        {
            throw Refuse(context, $"Only operators may do this. {problem}");
        }

        var name = certificate!.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return Task.FromResult(IdentifierRule.Allows(name)
            ? name
            : throw Refuse(context, $"The certificate '{certificate.Subject}' names no operator. Ask for one whose common name is the operator's label."));
    }
}
