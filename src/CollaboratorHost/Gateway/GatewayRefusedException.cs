using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>The gateway refused a call, and would refuse it again. The message says what was refused, why, and what to do.</summary>
public sealed class GatewayRefusedException : Exception
{
    /// <summary>Makes the exception from what the gateway answered.</summary>
    public GatewayRefusedException(string call, Status status)
        : base($"The gateway refused {call} ({status.StatusCode}): {status.Detail.TrimEnd('.')}. "
            + GatewayFailure.RemedyOf(status.StatusCode)) =>
        Status = status.StatusCode;

    /// <summary>The status the gateway answered with.</summary>
    public StatusCode Status { get; }
}
