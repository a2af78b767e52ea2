using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.TestKit.Certificates;

namespace Actors.Pki.Tests;

public class SignTests
{
    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    public void Sign_AnAggregator_GivesServerUsageOnlyAndItsName(KeyAlgorithm algorithm)
    {
        using var scratch = new Scratch();
        var authority = CertificateAuthority.Create(scratch.Workspace, scratch.Clock, new AuthorityOptions { KeyAlgorithm = algorithm });
        new CertificateRequests(scratch.Workspace, scratch.Clock, algorithm).CreateForAggregator("Agg.Example.ORG");

        var signed = authority.Sign(authority.InspectAggregator("agg.example.org"));

        Assert.Equal(Path.Combine(scratch.Folder.Root, "server", "agg_agg.example.org.crt"), signed.Path);
        using var leaf = X509CertificateLoader.LoadCertificateFromFile(signed.Path);
        AssertLeaf(leaf, "1.3.6.1.5.5.7.3.1");
        Assert.Equal("CN=agg.example.org", leaf.Subject);
        Assert.True(PeerTrust.MatchesHost(leaf, "agg.example.org"));
        Assert.Single(File.ReadAllText(signed.Path).Split("BEGIN CERTIFICATE").Skip(1));
    }

    [Fact]
    public void RenewAggregator_ByAnAuthorityOfTheOriginal_IsTrustedOnTheFastCurve_AndTheOldPairStays()
    {
        using var scratch = new Scratch();
        using var original = new OriginalAuthority(scratch.Workspace);
        original.IssueAggregator("agg.example.org");
        var key = scratch.Folder.Key(PeerRole.Aggregator, "agg.example.org");
        using var before = PeerTrust.LoadIdentity(scratch.Folder.Certificate(PeerRole.Aggregator, "agg.example.org"), key);

        var signed = CertificateAuthority.Open(scratch.Workspace, TimeProvider.System).RenewAggregator("agg.example.org", KeyAlgorithm.EcdsaP256);

        using var identity = PeerTrust.LoadIdentity(signed.Path, key);
        var trust = new PeerTrust(scratch.Folder.Chain, TimeProvider.System, acceptMissingUsage: true);
        Assert.Equal("EC secp256r1", signed.Record.KeyAlgorithm);
        Assert.Equal(TrustOutcome.Trusted, trust.Verify(identity, null, PeerRole.Aggregator).Outcome);
        using var old = PeerTrust.LoadIdentity(signed.Path + ".old", key + ".old");
        Assert.Equal(before, old);
    }

    [Fact]
    public void RenewAggregator_AfterTheAuthoritysEnd_ReplacesNothing()
    {
        using var scratch = new Scratch();
        using var before = scratch.SignedAggregator("agg.example.org");
        scratch.Clock.Advance(TimeSpan.FromDays(4000));

        Scratch.Refusal(() => scratch.Authority.RenewAggregator("agg.example.org", KeyAlgorithm.EcdsaP256));

        using var after = X509CertificateLoader.LoadCertificateFromFile(scratch.Folder.Certificate(PeerRole.Aggregator, "agg.example.org"));
        Assert.Equal(before, after);
    }

    [Fact]
    public void Sign_ACollaborator_GivesClientUsageOnlyAndItsName()
    {
        using var scratch = new Scratch();
        using var leaf = scratch.Collaborator("Hospital_1.north-wing");

        AssertLeaf(leaf, "1.3.6.1.5.5.7.3.2");
        Assert.Equal("Hospital_1.north-wing", PeerTrust.CommonName(leaf));
        Assert.Equal(["Hospital_1.north-wing"], Names(leaf).EnumerateDnsNames());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Sign_AnAggregatorByAddress_NamesTheAddress(string address)
    {
        using var scratch = new Scratch();
        using var leaf = scratch.SignedAggregator(address);

        Assert.Equal([IPAddress.Parse(address)], Names(leaf).EnumerateIPAddresses());
        Assert.True(PeerTrust.MatchesHost(leaf, address));
    }

    [Fact]
    public void Sign_ARequestThatAsksForMore_TakesNothingButNameAndKey()
    {
        using var scratch = new Scratch();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var greedy = Scratch.Request("OU=root, CN=one", key, HashAlgorithmName.SHA384);
        greedy.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("agg.example.org");
        greedy.CertificateExtensions.Add(names.Build());
        _ = scratch.Authority;
        scratch.PlaceRequest(PeerRole.Collaborator, "one", greedy.CreateSigningRequestPem());

        var signed = scratch.Authority.Sign(scratch.Authority.InspectCollaborator("one"));

        using var zip = ZipFile.OpenRead(signed.Path);
        using var reader = new StreamReader(zip.GetEntry("client/col_one.crt")!.Open());
        using var leaf = X509Certificate2.CreateFromPem(reader.ReadToEnd());
        AssertLeaf(leaf, "1.3.6.1.5.5.7.3.2");
        Assert.Equal("CN=one", leaf.Subject);
        Assert.Equal(["one"], Names(leaf).EnumerateDnsNames());
    }

    [Fact]
    public void Sign_WithDefaults_LastsOneYear()
    {
        using var scratch = new Scratch();
        using var leaf = scratch.SignedAggregator("agg.example.org");
        Assert.Equal(Scratch.Start.AddDays(365), new DateTimeOffset(leaf.NotAfter));
    }

    [Fact]
    public void Sign_NearTheAuthoritysEnd_CutsTheLeafThere()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        scratch.Clock.Advance(TimeSpan.FromDays(1800));
        using var leaf = scratch.SignedAggregator("agg.example.org");
        Assert.Equal(Scratch.Start.AddDays(1825), new DateTimeOffset(leaf.NotAfter));
    }

    [Fact]
    public void Sign_AfterTheAuthoritysEnd_IsRefusedAndLogsNothing()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        scratch.Clock.Advance(TimeSpan.FromDays(1826));

        var refusal = Scratch.Refusal(() => scratch.SignedAggregator("agg.example.org"));

        Assert.Contains("is valid from 2026-03-01 11:55 UTC to 2031-02-28 12:00 UTC only", refusal, StringComparison.Ordinal);
        Assert.Empty(AuthorityLogs.ReadIssued(scratch.Workspace));
    }

    [Fact]
    public void Sign_AfterTheFileWasSwapped_SignsWhatWasInspected()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForAggregator("agg.example.org");
        _ = scratch.Authority;
        var inspected = scratch.Authority.InspectAggregator("agg.example.org");
        File.WriteAllText(created.RequestPath, Scratch.RequestPem("CN=agg.example.org"));

        var signed = scratch.Authority.Sign(inspected);

        using var identity = PeerTrust.LoadIdentity(signed.Path, created.KeyPath);
        Assert.True(identity.HasPrivateKey);
    }

    [Fact]
    public void Sign_Twice_MakesTwoCertificatesWithTwoLogLines()
    {
        using var scratch = new Scratch();
        var first = scratch.SignedCollaborator("one");
        var second = scratch.Authority.Sign(scratch.Authority.InspectCollaborator("one"));

        Assert.NotEqual(first.Record.Serial, second.Record.Serial);
        Assert.Equal([first.Record, second.Record], AuthorityLogs.ReadIssued(scratch.Workspace));
    }

    [Fact]
    public void Sign_ACollaborator_PacksCertificateAndChainOnly()
    {
        using var scratch = new Scratch();
        var signed = scratch.SignedCollaborator("one");

        Assert.Equal("agg_to_col_one_signed_cert.zip", Path.GetFileName(signed.Path));
        using var zip = ZipFile.OpenRead(signed.Path);
        Assert.Equal(["client/col_one.crt", "cert_chain.crt"], zip.Entries.Select(entry => entry.FullName));
        Assert.False(File.Exists(scratch.Folder.Certificate(PeerRole.Collaborator, "one")));
    }

    private static X509SubjectAlternativeNameExtension Names(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

    private static void AssertLeaf(X509Certificate2 leaf, string usage)
    {
        Assert.True(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single() is { Critical: true, CertificateAuthority: false });
        Assert.True(leaf.Extensions.OfType<X509KeyUsageExtension>().Single()
            is { Critical: true, KeyUsages: X509KeyUsageFlags.DigitalSignature });
        var usages = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages;
        Assert.Equal([usage], usages.Cast<Oid>().Select(oid => oid.Value));
        Assert.Single(leaf.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.Single(leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>());
    }
}
