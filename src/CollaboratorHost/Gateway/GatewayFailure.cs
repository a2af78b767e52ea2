using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>Tells failures that pass from those that stay.</summary>
internal static class GatewayFailure
{
    /// <summary>Whether the same call would be refused again.</summary>
    public static bool IsFinal(StatusCode status) => status is StatusCode.PermissionDenied or StatusCode.Unauthenticated
        or StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.Unimplemented;

    /// <summary>What a person can do about a final failure.</summary>
    public static string RemedyOf(StatusCode status) => status switch
    {
        StatusCode.PermissionDenied =>
            "Ask the aggregator's operator to add the name in this collaborator's certificate to the federation's list.",
        StatusCode.Unauthenticated =>
            "Use a client certificate that the federation's authority has signed and that is still valid.",
        StatusCode.FailedPrecondition or StatusCode.NotFound =>
            "Start the collaborator again with the plan and workspace the aggregator uses.",
        _ => "Use the collaborator software of the aggregator's version.",
    };
}
