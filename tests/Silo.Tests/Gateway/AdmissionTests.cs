using System.Security.Cryptography.X509Certificates;

using Actors.Silo.Running.Tests;

using Grpc.Core;

namespace Actors.Silo.Gateway.Tests;

public sealed class AdmissionTests : AggregatorTest
{
    [Fact]
    public async Task Join_WithAnotherPlan_IsRefusedWithBothHashesAndTheFirstDifference()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");

        var refused = (await one.JoinAsync(planHash: "another")).Refused;

        Assert.Equal(
            "The collaborator's plan another is not the aggregator's plan plan. The first difference is rounds: 1 here, 2 there. "
            + "Import the workspace that the aggregator exported.",
            refused.Message);
    }

    [Fact]
    public async Task Join_WithOtherCode_IsRefusedWithBothHashes()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");

        var refused = (await one.JoinAsync(code: "another")).Refused;

        Assert.Contains("another", refused.Message, StringComparison.Ordinal);
        Assert.Equal(RunningAggregator.WorkspaceHash, refused.WorkspaceHash);
    }

    [Fact]
    public async Task Call_ByOneWhoIsNotInTheList_IsPermissionDeniedWithTheReason()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var stranger = aggregator.Collaborator("stranger");

        var problem = await Assert.ThrowsAsync<RpcException>(() => stranger.JoinAsync());

        Assert.Equal(StatusCode.PermissionDenied, problem.StatusCode);
        Assert.Equal(
            "Collaborator 'stranger' is not in the federation's list. Ask the aggregator's operator to add it to plan/cols.yaml.",
            problem.Status.Detail);
    }

    [Fact]
    public async Task Call_AfterRevocation_IsPermissionDeniedOnTheSameConnection()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        await one.JoinAsync();

        Authority.Revoke("one");

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.JoinAsync());
        Assert.Equal(StatusCode.PermissionDenied, problem.StatusCode);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("expired")]
    [InlineData("early")]
    [InlineData("foreign")]
    [InlineData("weak RSA")]
    [InlineData("weak curve")]
    [InlineData("server as client")]
    [InlineData("revoked")]
    public async Task Handshake_WithABadCertificate_IsRefused(string kind)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestCollaborator(aggregator, "one", Bad(kind));

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.JoinAsync());

        Assert.Contains(problem.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }

    private X509Certificate2? Bad(string kind) => kind switch
    {
        "expired" => Authority.Expired("one"),
        "early" => Authority.NotYetValid("one"),
        "foreign" => Authority.Foreign("one"),
        "weak RSA" => Authority.WeakRsa("one"),
        "weak curve" => Authority.WeakCurve("one"),
        "server as client" => Authority.ServerAsClient("one"),
        "revoked" => Authority.Revoked("one"),
        _ => null,
    };
}
