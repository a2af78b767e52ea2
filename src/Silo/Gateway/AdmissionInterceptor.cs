using Actors.Contracts.Identity;
using Actors.Silo.Security;

using Grpc.Core;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>Lets in the collaborators that the admission lets in.</summary>
internal sealed partial class AdmissionInterceptor(Admission admission, ILogger<AdmissionInterceptor> logger) : GuardedCalls<CollaboratorName>(logger)
{
    private readonly ILogger _logger = logger;
    private int _served;

    /// <inheritdoc/>
    protected override async Task<CollaboratorName> AdmitAsync(ServerCallContext context)
    {
        switch (await admission.DecideAsync(context.GetHttpContext().Connection.ClientCertificate))
        {
            case AdmissionOutcome.Admitted { Name: var caller }:
                if (Interlocked.Exchange(ref _served, 1) == 0)
                {
                    LogFirst(caller);
                }

                return caller;
            case AdmissionOutcome.Refused { Reason: var reason }:
                throw Refuse(context, reason);
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} is let in, the first since this process started")]
    private partial void LogFirst(CollaboratorName collaborator);
}
