using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway.Tests;

public sealed class GatewayFailureTests
{
    [Theory]
    [InlineData(StatusCode.PermissionDenied, true)]
    [InlineData(StatusCode.Unauthenticated, true)]
    [InlineData(StatusCode.FailedPrecondition, true)]
    [InlineData(StatusCode.NotFound, true)]
    [InlineData(StatusCode.InvalidArgument, true)]
    [InlineData(StatusCode.Unimplemented, true)]
    [InlineData(StatusCode.Unavailable, false)]
    [InlineData(StatusCode.DeadlineExceeded, false)]
    [InlineData(StatusCode.Internal, false)]
    [InlineData(StatusCode.ResourceExhausted, false)]
    [InlineData(StatusCode.Unknown, false)]
    public void IsFinal_TellsWhatStaysFromWhatPasses(StatusCode status, bool final) =>
        Assert.Equal(final, GatewayFailure.IsFinal(status));

    [Fact]
    public void Refusal_NamesTheCallTheReasonAndTheRemedy()
    {
        var refusal = new GatewayRefusedException("Join", new Status(StatusCode.PermissionDenied, "'one' is not in the list."));

        Assert.Equal(
            "The gateway refused Join (PermissionDenied): 'one' is not in the list. "
            + "Ask the aggregator's operator to add the name in this collaborator's certificate to the federation's list.",
            refusal.Message);
        Assert.Equal(StatusCode.PermissionDenied, refusal.Status);
    }
}
