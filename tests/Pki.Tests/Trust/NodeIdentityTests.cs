using Actors.TestKit.Certificates;

namespace Actors.Pki.Tests;

public sealed class NodeIdentityTests : IDisposable
{
    private readonly TestAuthority _authority = TestAuthority.Create();

    private CertificateFolder Folder => new(_authority.Workspace);

    [Theory]
    [InlineData(PeerRole.Collaborator)]
    [InlineData(PeerRole.Operator)]
    public void Load_OfAClient_IsTheCertificateOfItsName(PeerRole role)
    {
        Make(role, "one");
        using var identity = NodeIdentity.Load(_authority.Workspace, role, "one");
        Assert.Equal(("one", true), (PeerTrust.CommonName(identity), identity.HasPrivateKey));
    }

    [Theory]
    [InlineData(PeerRole.Collaborator)]
    [InlineData(PeerRole.Operator)]
    public void Load_OfACertificateThatNamesAnother_IsRefusedByBothNames(PeerRole role)
    {
        Make(role, "two");
        File.Copy(Folder.Certificate(role, "two"), Folder.Certificate(role, "one"));
        File.Copy(Folder.Key(role, "two"), Folder.Key(role, "one"));

        var refused = Assert.Throws<IdentityNameException>(() => NodeIdentity.Load(_authority.Workspace, role, "one"));

        Assert.Contains("names 'two', not 'one'. Start as -n two, or ask", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PeerRole.Collaborator, "col_one.key is missing. Run: fx collaborator generate-cert-request -n one, have it signed")]
    [InlineData(PeerRole.Operator, "op_one.key is missing. Run: fx operator generate-cert-request -n one, have it signed")]
    [InlineData(PeerRole.Aggregator, "agg_one.key is missing. Run: fx aggregator generate-cert-request --fqdn one && fx aggregator certify --fqdn one")]
    public void Load_OfWhatIsMissing_SaysHowToGetIt(PeerRole role, string message) => Assert.Contains(
        message, Scratch.Refusal(() => NodeIdentity.Load(_authority.Workspace, role, "one")), StringComparison.Ordinal);

    // It is known by its host name, which stands elsewhere in the certificate.
    [Fact]
    public void Load_OfAnAggregator_TakesItByItsHostName()
    {
        _ = _authority.Aggregator("localhost");
        using var identity = NodeIdentity.Load(_authority.Workspace, PeerRole.Aggregator, "localhost");
        Assert.True(PeerTrust.MatchesHost(identity, "localhost"));
    }

    public void Dispose() => _authority.Dispose();

    private void Make(PeerRole role, string name) => _ = role == PeerRole.Operator ? _authority.Operator(name) : _authority.Collaborator(name);
}
