using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.TestKit.Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Pki.Tests;

public sealed class PeerTrustTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Scratch.Start);
    private readonly TestAuthority _authority;

    public PeerTrustTests() => _authority = TestAuthority.Create(_clock);

    [Fact]
    public void Verify_ASoundCollaborator_IsTrusted()
    {
        var verdict = Verify(_authority.Collaborator("one"));
        Assert.Equal(new TrustVerdict(TrustOutcome.Trusted, "The certificate 'CN=one' is trusted."), verdict);
    }

    [Fact]
    public void Verify_ASoundAggregator_IsTrustedAsOne() =>
        Assert.True(Verify(_authority.Aggregator(), PeerRole.Aggregator).IsTrusted);

    [Fact]
    public void Verify_NoCertificate_SaysSo() =>
        AssertRefused(null, TrustOutcome.NoCertificate, "The collaborator presented no certificate");

    [Fact]
    public void Verify_AnExpiredCertificate_NamesTheDate() =>
        AssertRefused(_authority.Expired("one"), TrustOutcome.Expired, "'CN=one' expired at 2026-02-28 12:00 UTC; have a new one signed");

    [Fact]
    public void Verify_ACertificateOfTomorrow_NamesTheDateAndTheClocks() =>
        AssertRefused(_authority.NotYetValid("one"), TrustOutcome.NotYetValid, "not valid before 2026-03-02 12:00 UTC; check the clocks");

    [Fact]
    public void Verify_TheSameNameFromAnotherAuthority_IsForeign() =>
        AssertRefused(_authority.Foreign("one"), TrustOutcome.ForeignAuthority, "have it signed by this federation's authority");

    [Fact]
    public void Verify_ASelfSignedCertificate_IsForeign()
    {
        using var alone = SelfSigned("CN=one");
        AssertRefused(alone, TrustOutcome.ForeignAuthority, "'CN=one'");
    }

    [Fact]
    public void Verify_AForeignCertificateThatBringsItsRoot_IsStillForeign()
    {
        using var stranger = TestAuthority.Create(_clock);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(stranger.ChainPath);

        var verdict = _authority.Trust().Verify(stranger.Collaborator("one"), chain, PeerRole.Collaborator);

        Assert.Equal(TrustOutcome.ForeignAuthority, verdict.Outcome);
    }

    [Fact]
    public void Verify_AServerCertificateUsedAsClient_IsTheWrongUsage() =>
        AssertRefused(_authority.ServerAsClient("one"), TrustOutcome.WrongUsage, "is made for another role", "clientAuth");

    [Fact]
    public void Verify_ACollaboratorThatPosesAsAggregator_IsTheWrongUsage() =>
        Assert.Equal(TrustOutcome.WrongUsage, Verify(_authority.Collaborator("one"), PeerRole.Aggregator).Outcome);

    [Fact]
    public void Verify_ASoundOperator_IsTrustedAsOneAndAsNobodyElse()
    {
        var alice = _authority.Operator("alice");

        Assert.True(Verify(alice, PeerRole.Operator).IsTrusted);
        Assert.Equal(TrustOutcome.WrongUsage, Verify(alice, PeerRole.Collaborator).Outcome);
        Assert.Equal(TrustOutcome.WrongUsage, Verify(alice, PeerRole.Aggregator).Outcome);
    }

    [Fact]
    public void Verify_ACollaboratorThatPosesAsOperator_IsTheWrongUsage()
    {
        var verdict = Verify(_authority.Collaborator("one"), PeerRole.Operator);

        Assert.Equal(TrustOutcome.WrongUsage, verdict.Outcome);
        Assert.Contains("does not serve as an operator's", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ACertificateWithoutUsage_IsNeverAnOperators()
    {
        var lenient = new PeerTrust(_authority.ChainPath, _clock, acceptMissingUsage: true);
        Assert.Equal(TrustOutcome.WrongUsage, lenient.Verify(_authority.WithoutUsage("one"), [], PeerRole.Operator).Outcome);
    }

    [Fact]
    public void Verify_AnAuthoritysOwnCertificate_IsTheWrongUsage()
    {
        using var signing = X509CertificateLoader.LoadCertificateFromFile(new CertificateFolder(_authority.Workspace).SigningCertificate);
        Assert.Equal(TrustOutcome.WrongUsage, Verify(signing).Outcome);
        var lenient = new PeerTrust(_authority.ChainPath, _clock, acceptMissingUsage: true);
        Assert.Equal(TrustOutcome.WrongUsage, lenient.Verify(signing, null, PeerRole.Collaborator).Outcome);
    }

    [Theory]
    [InlineData(false, TrustOutcome.WrongUsage)]
    [InlineData(true, TrustOutcome.Trusted)]
    public void Verify_ACertificateWithoutUsage_DependsOnTheOption(bool accept, TrustOutcome outcome)
    {
        var trust = new PeerTrust(_authority.ChainPath, _clock, acceptMissingUsage: accept);
        Assert.Equal(outcome, trust.Verify(_authority.WithoutUsage("one"), [], PeerRole.Collaborator).Outcome);
    }

    [Fact]
    public void Verify_WeakKeys_AreRefusedThoughTheAuthoritySignedThem()
    {
        AssertRefused(_authority.WeakRsa("one"), TrustOutcome.WeakKey, "the key RSA 2048", KeyStrength.Remedy);
        AssertRefused(_authority.WeakCurve("one"), TrustOutcome.WeakKey, "the key EC secp256r1", KeyStrength.Remedy);
    }

    [Fact]
    public void Verify_ARevokedCertificate_IsRefusedAndNamesTheSerial()
    {
        var revoked = _authority.Revoked("one");
        AssertRefused(revoked, TrustOutcome.Revoked, $"serial {CertificateSerial.Of(revoked)} was revoked");
    }

    [Fact]
    public void Verify_TheSameOnesForDays_LooksForEachPathOnce()
    {
        var trust = _authority.Trust();
        X509Certificate2[] collaborators = [_authority.Collaborator("one"), _authority.Collaborator("two")];
        for (var day = 0; day < 3; day++)
        {
            Assert.All(collaborators, collaborator => Assert.True(trust.Verify(collaborator, null, PeerRole.Collaborator).IsTrusted));
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(collaborators.Length, trust.PathsBuilt);
    }

    [Fact]
    public void Verify_RevokedWhileCached_IsRefusedAtOnce()
    {
        var trust = _authority.Trust();
        var one = _authority.Collaborator("one");
        Assert.True(trust.Verify(one, [], PeerRole.Collaborator).IsTrusted);

        _authority.Revoke("one");

        Assert.Equal(TrustOutcome.Revoked, trust.Verify(one, [], PeerRole.Collaborator).Outcome);
    }

    [Fact]
    public void Verify_ExpiredWhileCached_IsRefusedAtOnce()
    {
        _clock.SetUtcNow(Scratch.Start);
        var trust = _authority.Trust();
        var one = _authority.Collaborator("one");
        _clock.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(10));
        Assert.True(trust.Verify(one, [], PeerRole.Collaborator).IsTrusted);

        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TrustOutcome.Expired, trust.Verify(one, [], PeerRole.Collaborator).Outcome);
    }

    [Fact]
    public void Verify_TrustedAsOneRole_IsNotCachedForTheOther()
    {
        var trust = _authority.Trust();
        Assert.True(trust.Verify(_authority.Collaborator("one"), [], PeerRole.Collaborator).IsTrusted);
        Assert.False(trust.Verify(_authority.Collaborator("one"), [], PeerRole.Aggregator).IsTrusted);
    }

    [Fact]
    public void Verify_WithABundleThatHasTheRootOnly_NeedsTheSigningCertificateFromThePeer()
    {
        var folder = new CertificateFolder(_authority.Workspace);
        var trust = new PeerTrust(folder.RootCertificate, _clock);
        using var signing = X509CertificateLoader.LoadCertificateFromFile(folder.SigningCertificate);
        var one = _authority.Collaborator("one");

        Assert.Equal(TrustOutcome.ForeignAuthority, trust.Verify(one, null, PeerRole.Collaborator).Outcome);
        Assert.True(trust.Verify(one, [signing], PeerRole.Collaborator).IsTrusted);
    }

    [Fact]
    public void Verify_WithBundlesOfTwoFederations_TrustsBoth()
    {
        using var other = TestAuthority.Create(_clock);
        var bundle = Path.Combine(_authority.Workspace, "bundle.pem");
        File.WriteAllText(bundle, File.ReadAllText(other.ChainPath) + File.ReadAllText(_authority.ChainPath));
        var trust = new PeerTrust(bundle, _clock);

        Assert.True(trust.Verify(_authority.Collaborator("one"), [], PeerRole.Collaborator).IsTrusted);
        Assert.True(trust.Verify(other.Collaborator("one"), [], PeerRole.Collaborator).IsTrusted);
    }

    [Fact]
    public void Load_OfABundleWithoutARoot_IsRefused()
    {
        var path = new CertificateFolder(_authority.Workspace).SigningCertificate;
        Assert.Contains("has no root authority", Scratch.Refusal(() => _ = new PeerTrust(path, _clock)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("example.org", false)]
    [InlineData("127.0.0.2", false)]
    public void MatchesHost_ByAlternativeName_KnowsItsOwnOnly(string host, bool matches) =>
        Assert.Equal(matches, PeerTrust.MatchesHost(_authority.Aggregator(), host));

    [Fact]
    public void MatchesHost_ByCommonNameOnly_DoesNotCount()
    {
        using var named = SelfSigned("CN=localhost");
        Assert.False(PeerTrust.MatchesHost(named, "localhost"));
    }

    [Theory]
    [InlineData("CN=one", "one")]
    [InlineData("O=clinic, CN=One", "One")]
    [InlineData("O=one", null)]
    [InlineData("CN=one, CN=two", null)]
    public void CommonName_OfASubject_IsTheOnlyOneOrNone(string subject, string? name)
    {
        using var certificate = SelfSigned(subject);
        Assert.Equal(name, PeerTrust.CommonName(certificate));
    }

    public void Dispose() => _authority.Dispose();

    private static X509Certificate2 SelfSigned(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Scratch.Request(subject, key, HashAlgorithmName.SHA384).CreateSelfSigned(Scratch.Start, Scratch.Start.AddDays(1));
    }

    private TrustVerdict Verify(X509Certificate2? certificate, PeerRole role = PeerRole.Collaborator) =>
        _authority.Trust().Verify(certificate, [], role);

    private void AssertRefused(X509Certificate2? certificate, TrustOutcome outcome, params string[] words)
    {
        var verdict = Verify(certificate);
        Assert.Equal(outcome, verdict.Outcome);
        Assert.False(verdict.IsTrusted);
        Assert.All(words, word => Assert.Contains(word, verdict.Sentence, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', verdict.Sentence);
    }
}
