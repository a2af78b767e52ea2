using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki.Tests;

public class CertificateAuthorityTests
{
    [Fact]
    public void Create_InAnEmptyWorkspace_WritesTheKnownLayout()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;

        string[] expected =
        [
            "ca/authority.lock", "ca/root-ca.crt", "ca/root-ca/private/root-ca.key",
            "ca/signing-ca.crt", "ca/signing-ca/private/signing-ca.key", "cert_chain.crt", "crl.pem",
        ];
        var written = Directory.EnumerateFiles(scratch.Folder.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(scratch.Folder.Root, path).Replace('\\', '/'));
        Assert.Equal(expected, written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_Always_WritesTheChainRootFirst()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;

        var chain = File.ReadAllText(scratch.Folder.Chain);
        Assert.Equal(File.ReadAllText(scratch.Folder.RootCertificate) + File.ReadAllText(scratch.Folder.SigningCertificate), chain);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384, 384, "1.2.840.10045.4.3.3")]
    [InlineData(KeyAlgorithm.Rsa3072, 3072, "1.2.840.113549.1.1.12")]
    public void Create_WithEitherAlgorithm_SignsWithSha384(KeyAlgorithm algorithm, int bits, string signature)
    {
        using var scratch = new Scratch();
        CertificateAuthority.Create(scratch.Workspace, scratch.Clock, new AuthorityOptions { KeyAlgorithm = algorithm });

        foreach (var path in new[] { scratch.Folder.RootCertificate, scratch.Folder.SigningCertificate })
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            Assert.Equal(signature, certificate.SignatureAlgorithm.Value);
            Assert.Equal(bits, certificate.GetRSAPublicKey()?.KeySize ?? certificate.GetECDsaPublicKey()!.KeySize);
        }
    }

    [Fact]
    public void Create_WithAKeyThatIsForAggregatorsAlone_IsTheCallersMistake()
    {
        using var scratch = new Scratch();
        Assert.Throws<ArgumentException>(() =>
            CertificateAuthority.Create(scratch.Workspace, scratch.Clock, new AuthorityOptions { KeyAlgorithm = KeyAlgorithm.EcdsaP256 }));
    }

    [Theory]
    [InlineData("root-ca.crt", 1)]
    [InlineData("signing-ca.crt", 0)]
    public void Create_Always_GivesAuthoritiesTheirExtensions(string file, int pathLength)
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(scratch.Folder.Root, "ca", file));

        var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().Single();
        Assert.True(constraints is { Critical: true, CertificateAuthority: true } && constraints.PathLengthConstraint == pathLength);
        Assert.True(usage is { Critical: true, KeyUsages: X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign });
        Assert.Single(certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.Single(certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>());
    }

    [Fact]
    public void Create_WithDefaults_LastsTenAndFiveYears()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        using var root = X509CertificateLoader.LoadCertificateFromFile(scratch.Folder.RootCertificate);
        using var signing = X509CertificateLoader.LoadCertificateFromFile(scratch.Folder.SigningCertificate);

        Assert.Equal(Scratch.Start.AddDays(3650), new DateTimeOffset(root.NotAfter));
        Assert.Equal(Scratch.Start.AddDays(1825), new DateTimeOffset(signing.NotAfter));
    }

    [Fact]
    public void Create_WhereOneExists_IsRefusedAndLeavesItAlone()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        var key = File.ReadAllBytes(scratch.Folder.SigningKey);

        var refusal = Scratch.Refusal(() => CertificateAuthority.Create(scratch.Workspace, scratch.Clock));

        Assert.Contains("already has a certificate authority", refusal, StringComparison.Ordinal);
        Assert.Contains("overwritten", refusal, StringComparison.Ordinal);
        Assert.Equal(key, File.ReadAllBytes(scratch.Folder.SigningKey));
    }

    [Fact]
    public void Create_WithOverwrite_ReplacesItAndMakesEarlierCertificatesForeign()
    {
        using var scratch = new Scratch();
        using var earlier = scratch.Collaborator("one");
        CertificateAuthority.Create(scratch.Workspace, scratch.Clock, overwrite: true);

        var verdict = new PeerTrust(scratch.Folder.Chain, scratch.Clock).Verify(earlier, [], PeerRole.Collaborator);

        Assert.Equal(TrustOutcome.ForeignAuthority, verdict.Outcome);
        Assert.Single(AuthorityLogs.ReadIssued(scratch.Workspace));
    }

    [Fact]
    public void Create_WithSeveralBadOptions_ReportsThemAll()
    {
        using var scratch = new Scratch();
        var options = new AuthorityOptions { Organization = "a,CN=b", LeafLifetime = TimeSpan.Zero };

        var refusal = Assert.Throws<ArgumentException>(
            () => CertificateAuthority.Create(scratch.Workspace, scratch.Clock, options)).Message;

        Assert.Equal(
            "Organization must be 1 to 50 letters, digits, spaces, '-', '_' or '.'. "
            + "LeafLifetime must be more than zero and at most 36500 days, but is 00:00:00.",
            refusal);
    }

    [Fact]
    public void Open_WhereThereIsNone_SaysSo()
    {
        using var scratch = new Scratch();
        var refusal = Scratch.Refusal(() => CertificateAuthority.Open(scratch.Workspace, scratch.Clock));
        Assert.Contains("create one first", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithTheKeyOfAnother_IsRefused()
    {
        using var scratch = new Scratch();
        using var other = new Scratch();
        _ = scratch.Authority;
        _ = other.Authority;
        File.Copy(other.Folder.SigningKey, scratch.Folder.SigningKey, overwrite: true);

        var refusal = Scratch.Refusal(() => CertificateAuthority.Open(scratch.Workspace, scratch.Clock));

        Assert.Contains("does not belong to", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_WhileAnotherCommandHoldsTheAuthority_SaysToTryAgain()
    {
        using var scratch = new Scratch();
        _ = scratch.Authority;
        scratch.Requests.CreateForAggregator("agg.example.org");
        var request = scratch.Authority.InspectAggregator("agg.example.org");
        using var held = new FileStream(
            Path.Combine(scratch.Folder.Root, "ca", "authority.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Contains("try again", Scratch.Refusal(() => scratch.Authority.Sign(request)), StringComparison.Ordinal);
    }
}
