using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.TestKit.Certificates;

namespace Actors.Cli.Composition.Tests;

public sealed class FederationTrustTests : IDisposable
{
    private static readonly NetworkPlan Network = new("localhost", 50051, MinimumTls.Tls13, TimeSpan.Zero, TimeSpan.Zero, RequireExtendedKeyUsage: true);

    private readonly TestAuthority _authority = TestAuthority.Create();

    [Fact]
    public void ProblemWith_ACertificateWithoutExtendedKeyUsage_IsRefusedByDefault() => Assert.Contains(
        "has no extended key usage",
        Trust(Network).ProblemWith(_authority.WithoutUsage("one")), StringComparison.Ordinal);

    [Fact]
    public void ProblemWith_ACertificateWithoutExtendedKeyUsage_IsNoneWhereThePlanAcceptsIt() =>
        Assert.Null(Trust(Network with { RequireExtendedKeyUsage = false }).ProblemWith(_authority.WithoutUsage("one")));

    [Fact]
    public void ProblemWithAggregator_ACollaboratorThatSaysSo_StaysRefused() => Assert.Contains(
        "is made for another role",
        Trust(Network with { RequireExtendedKeyUsage = false }).ProblemWithAggregator(_authority.Collaborator("one")), StringComparison.Ordinal);

    public void Dispose() => _authority.Dispose();

    private FederationTrust Trust(NetworkPlan network) => FederationTrust.Of(new WorkspaceLayout(_authority.Workspace), network, TimeProvider.System);
}
