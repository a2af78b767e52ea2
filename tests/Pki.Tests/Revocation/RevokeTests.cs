namespace Actors.Pki.Tests;

public class RevokeTests
{
    [Fact]
    public void Revoke_BySerial_PutsThatCertificateOnTheList()
    {
        using var scratch = new Scratch();
        using var one = scratch.Collaborator("one");
        using var two = scratch.Collaborator("two");

        var revoked = scratch.Authority.Revoke(CertificateSerial.Of(one));

        Assert.Equal(("one", Scratch.Start), (revoked.Subject, revoked.RevokedAt));
        Assert.True(List(scratch).IsRevoked(one));
        Assert.False(List(scratch).IsRevoked(two));
    }

    [Fact]
    public void Revoke_Twice_IsTheSameAsOnce()
    {
        using var scratch = new Scratch();
        using var one = scratch.Collaborator("one");
        var first = scratch.Authority.Revoke(CertificateSerial.Of(one));
        scratch.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, scratch.Authority.Revoke(CertificateSerial.Of(one)));
        Assert.Single(AuthorityLogs.ReadRevoked(scratch.Workspace));
        Assert.Equal(1, List(scratch).Count);
    }

    [Fact]
    public void Revoke_AfterAnAttemptThatEndedBeforeTheListWasWritten_WritesIt()
    {
        using var scratch = new Scratch();
        using var one = scratch.Collaborator("one");
        var before = File.ReadAllBytes(scratch.Folder.RevocationList);
        scratch.Authority.Revoke(CertificateSerial.Of(one));
        File.WriteAllBytes(scratch.Folder.RevocationList, before);

        scratch.Authority.Revoke(CertificateSerial.Of(one));

        Assert.True(List(scratch).IsRevoked(one));
    }

    [Fact]
    public void Revoke_OfAnAggregator_WorksBySerial()
    {
        using var scratch = new Scratch();
        using var aggregator = scratch.SignedAggregator("agg.example.org");
        scratch.Authority.Revoke(CertificateSerial.Of(aggregator));
        Assert.True(List(scratch).IsRevoked(aggregator));
    }

    [Fact]
    public void Revoke_OfAnUnknownSerial_IsRefused()
    {
        using var scratch = new Scratch();
        var refusal = Scratch.Refusal(() => scratch.Authority.Revoke(CertificateSerial.Parse("1234")));
        Assert.Contains("The serial number 1234 was never signed by this authority", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RevokeCollaborator_WithTwoCertificates_RevokesBoth()
    {
        using var scratch = new Scratch();
        var serials = new[] { scratch.SignedCollaborator("one").Record.Serial, scratch.SignedCollaborator("one").Record.Serial };
        Assert.Equal(serials, scratch.Authority.RevokeCollaborator("one").Select(entry => entry.Serial));
    }

    [Theory]
    [InlineData("two")]
    [InlineData("ONE")]
    public void RevokeCollaborator_ThatWasNeverSigned_IsRefused(string label)
    {
        using var scratch = new Scratch();
        scratch.SignedCollaborator("one");
        var refusal = Scratch.Refusal(() => scratch.Authority.RevokeCollaborator(label));
        Assert.Contains($"The collaborator '{label}' has no certificate", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void RevokeCollaborator_AndSignAgain_LetsTheNewCertificateIn()
    {
        using var scratch = new Scratch();
        using var lost = scratch.Collaborator("one");
        scratch.Authority.RevokeCollaborator("one");
        using var renewed = scratch.Collaborator("one");

        Assert.True(List(scratch).IsRevoked(lost));
        Assert.False(List(scratch).IsRevoked(renewed));
    }

    [Fact]
    public void Create_OverAnAuthorityWithRevocations_StartsWithAnEmptyList()
    {
        using var scratch = new Scratch();
        scratch.SignedCollaborator("one");
        scratch.Authority.RevokeCollaborator("one");

        CertificateAuthority.Create(scratch.Workspace, scratch.Clock, overwrite: true);

        Assert.Equal(0, List(scratch).Count);
        Assert.Single(AuthorityLogs.ReadRevoked(scratch.Workspace));
    }

    private static RevocationList List(Scratch scratch) => new(scratch.Folder.RevocationList, scratch.Folder.Chain, scratch.Clock);
}
