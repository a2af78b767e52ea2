using Actors.Grains;
using Actors.Grains.Tensors;

using Grpc.Core;

using Microsoft.AspNetCore.Http;

using Orleans.Runtime;

namespace Actors.Silo.Gateway;

/// <summary>The one place where an exception becomes a status of gRPC. Details stay inside unless they help the caller.</summary>
internal static class GatewayStatus
{
    /// <summary>The status of a transfer that broke off: when its caller has gone, that is no fault of the store.</summary>
    public static Status Of(Exception problem, CancellationToken gone) =>
        problem is BadHttpRequestException or Microsoft.AspNetCore.Connections.ConnectionAbortedException || (gone.IsCancellationRequested && problem is IOException)
            ? new(StatusCode.Cancelled, "The transfer broke off.")
            : Of(problem);

    /// <summary>The status for an exception. UNAVAILABLE says: the fault is here and may pass, try again.</summary>
    public static Status Of(Exception problem) => problem switch
    {
        RpcException rpc => rpc.Status,
        OperationCanceledException => new(StatusCode.Cancelled, "The call was cancelled."),
        TensorStoreException or IOException or UnauthorizedAccessException => new(StatusCode.Unavailable, "The aggregator's store cannot take or give the bytes now; try again. Its log says why."),
        FormatException or ArgumentException => new(StatusCode.InvalidArgument, problem.Message),
        FederationException => new(StatusCode.FailedPrecondition, problem.Message),
        OrleansException or TimeoutException or System.Data.Common.DbException =>
            new(StatusCode.Unavailable, "The aggregator cannot answer now; try again. Its log says why."),
        _ => new(StatusCode.Internal, "The aggregator failed; its log says why."),
    };
}
