using Actors.Grains;
using Actors.Grains.Tensors;

using Grpc.Core;

namespace Actors.Silo.OpenFl;

/// <summary>
/// What the original's collaborator is told when a call cannot be answered. It repeats an UNAVAILABLE call after a pause for ever,
/// ends at UNAUTHENTICATED and shows the text, and repeats any other status at once and without end: of those only UNKNOWN is
/// sent, and only for an upload without bytes.
/// </summary>
internal static class OpenFlStatus
{
    /// <summary>It cannot be answered now.</summary>
    public static RpcException Later(string message) => new(new(StatusCode.Unavailable, message));

    /// <summary>It will never be answered: the collaborator ends, and its operator reads why.</summary>
    public static RpcException Never(string message) => new(new(StatusCode.Unauthenticated, message));

    /// <summary>
    /// An upload without bytes: what a collaborator sends when it repeats an interrupted upload, whose pieces it has handed out
    /// already. At this status it makes the upload anew.
    /// </summary>
    public static RpcException NothingArrived() =>
        new(new(StatusCode.Unknown, "The upload was empty. Send the result again from its start."));

    /// <summary>The status for an exception. What would fail again in the same way is final.</summary>
    public static RpcException Of(Exception problem) => problem switch
    {
        RpcException rpc when rpc.StatusCode is StatusCode.Unavailable or StatusCode.Unauthenticated or StatusCode.Unknown => rpc,
        RpcException rpc => Later(rpc.Status.Detail),
        InvalidDataException => Never($"The message cannot be read: {problem.Message}."),
        FormatException or ArgumentException => Never(problem.Message),
        FederationException when problem is not TensorStoreException => Never(problem.Message),
        _ => Later("The aggregator cannot answer now; its log says why."),
    };

    /// <summary>Whether the aggregator's operator has to hear of it.</summary>
    public static bool IsOurs(Exception problem) => problem is not (RpcException or OperationCanceledException or InvalidDataException);
}
