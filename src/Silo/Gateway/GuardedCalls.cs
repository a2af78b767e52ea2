using Grpc.Core;
using Grpc.Core.Interceptors;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>
/// Stands before every call of a service and lets in only whom it admits. Exceptions of the call become statuses here.
/// </summary>
/// <typeparam name="TCaller">What is known of a caller.</typeparam>
internal abstract partial class GuardedCalls<TCaller>(ILogger logger) : Interceptor
    where TCaller : notnull
{
    private static readonly object CallerKey = new();

    /// <summary>Who calls; set for every call that comes through.</summary>
    public static TCaller CallerOf(ServerCallContext context) => (TCaller)context.UserState[CallerKey];

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

    /// <summary>Who a call comes from.</summary>
    /// <exception cref="RpcException">It is not let in.</exception>
    protected abstract Task<TCaller> AdmitAsync(ServerCallContext context);

    /// <summary>The refusal of a call, which is logged.</summary>
    protected RpcException Refuse(ServerCallContext context, string reason)
    {
        LogRefused(logger, context.Peer, context.Method, reason);
        return new RpcException(new Status(StatusCode.PermissionDenied, reason));
    }

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            context.UserState[CallerKey] = await AdmitAsync(context);
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

    [LoggerMessage(LogLevel.Warning, "Refused {Peer} at {Method}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string peer, string method, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private static partial void LogFailed(ILogger logger, Exception problem, string method);
}
