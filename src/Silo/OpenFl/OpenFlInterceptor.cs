using Actors.Contracts.Identity;
using Actors.Silo.Security;

using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.OpenFl;

/// <summary>Stands before every call of an original collaborator, and turns exceptions into statuses that it deals with rightly.</summary>
internal sealed partial class OpenFlInterceptor(Admission admission, ILogger<OpenFlInterceptor> logger) : Interceptor
{
    private static readonly object CallerKey = new();

    /// <summary>Who calls, by the certificate.</summary>
    public static CollaboratorName CallerOf(ServerCallContext context) => (CollaboratorName)context.UserState[CallerKey];

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            context.UserState[CallerKey] = await admission.DecideAsync(context.GetHttpContext().Connection.ClientCertificate) switch
            {
                AdmissionOutcome.Admitted admitted => admitted.Name,
                AdmissionOutcome.Refused refused => throw OpenFlStatus.Never(refused.Reason),
                _ => throw new InvalidOperationException("Unknown outcome."),
            };
            return await call();
        }
        catch (Exception problem)
        {
            // The edge of the process: whatever was not expected ends here.
            var status = OpenFlStatus.Of(problem);
            if (OpenFlStatus.IsOurs(problem))
            {
                LogFailed(logger, problem, context.Method);
            }
            else if (status.StatusCode == StatusCode.Unauthenticated)
            {
                LogRefused(logger, context.Peer, context.Method, status.Status.Detail);
            }

            throw status;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused {Peer} at {Method}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string peer, string method, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void LogFailed(ILogger logger, Exception problem, string method);
}
