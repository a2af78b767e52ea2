using Actors.Contracts.Identity;
using Actors.Silo.Security;

using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>
/// Stands before every call and lets in only whom the admission lets in. Exceptions of the call become statuses here.
/// </summary>
internal sealed partial class AdmissionInterceptor(Admission admission, ILogger<AdmissionInterceptor> logger) : Interceptor
{
    private static readonly object CallerKey = new();

    private int _served;

    /// <summary>Who calls; set for every call that comes through.</summary>
    public static CollaboratorName CallerOf(ServerCallContext context) => (CollaboratorName)context.UserState[CallerKey];

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            var caller = await AdmitAsync(context);
            context.UserState[CallerKey] = caller;
            if (Interlocked.Exchange(ref _served, 1) == 0)
            {
                LogFirst(logger, caller);
            }

            return await call();
        }
        catch (Exception problem) when (problem is not RpcException)
        {
            // The edge of the process: whatever was not expected ends here.
            var status = GatewayStatus.Of(problem);
            if (status.StatusCode is StatusCode.Internal or StatusCode.Unavailable)
            {
                LogFailed(logger, problem, context.Method);
            }

            throw new RpcException(status);
        }
    }

    private async Task<CollaboratorName> AdmitAsync(ServerCallContext context)
    {
        switch (await admission.DecideAsync(context.GetHttpContext().Connection.ClientCertificate))
        {
            case AdmissionOutcome.Admitted admitted:
                return admitted.Name;
            case AdmissionOutcome.Refused { Reason: var reason }:
                LogRefused(logger, context.Peer, context.Method, reason);
                throw new RpcException(new Status(StatusCode.PermissionDenied, reason));
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} is let in, the first since this process started")]
    private static partial void LogFirst(ILogger logger, CollaboratorName collaborator);

    [LoggerMessage(LogLevel.Warning, "Refused {Peer} at {Method}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string peer, string method, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void LogFailed(ILogger logger, Exception problem, string method);
}
