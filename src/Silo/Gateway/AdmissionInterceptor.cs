using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Silo.Security;

using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>
/// Stands before every call: the certificate must still be trusted and its name must be in the federation's list. Exceptions of
/// the call become statuses here.
/// </summary>
internal sealed partial class AdmissionInterceptor(
    IGrainFactory grains, FederationId federation, IPeerTrust trust, ILogger<AdmissionInterceptor> logger) : Interceptor
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
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        if (trust.ProblemWith(certificate) is { } problem)
        {
            throw Refuse(context, problem);
        }

        var name = CollaboratorIdentity.Of(certificate!)
            ?? throw Refuse(context, $"The certificate '{certificate!.Subject}' names no collaborator. Ask for one whose common name is the collaborator's label.");
        return await grains.GetFederation(federation).AdmitsAsync(name)
            ? name
            : throw Refuse(context, $"Collaborator '{name}' is not in the federation's list. Ask the aggregator's operator to add it to plan/cols.yaml.");
    }

    private RpcException Refuse(ServerCallContext context, string message)
    {
        LogRefused(logger, context.Peer, context.Method, message);
        return new(new Status(StatusCode.PermissionDenied, message));
    }

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} is let in, the first since this process started")]
    private static partial void LogFirst(ILogger logger, CollaboratorName collaborator);

    [LoggerMessage(LogLevel.Warning, "Refused {Peer} at {Method}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string peer, string method, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void LogFailed(ILogger logger, Exception problem, string method);
}
