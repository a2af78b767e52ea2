using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki.Tests;

public sealed class RevocationListTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly X509Certificate2 _one;

    public RevocationListTests() => _one = _scratch.Collaborator("one");

    [Fact]
    public void IsRevoked_WhenTheFileChanges_ReadsItAgain()
    {
        var list = List();
        Assert.False(list.IsRevoked(_one));

        _scratch.Authority.RevokeCollaborator("one");

        Assert.True(list.IsRevoked(_one));
        Assert.Null(list.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n")]
    public void IsRevoked_WhenTheFileBecomesUnreadable_KeepsTheLastGoodListAndSaysSo(string text)
    {
        _scratch.Authority.RevokeCollaborator("one");
        var list = List();

        File.WriteAllText(_scratch.Folder.RevocationList, text);

        Assert.True(list.IsRevoked(_one));
        Assert.Contains("ask the federation's operator for it again", list.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void IsRevoked_WhenTheFileIsDeletedAndComesBack_KeepsThenReads()
    {
        var list = List();
        File.Delete(_scratch.Folder.RevocationList);
        Assert.False(list.IsRevoked(_one));
        Assert.Contains("does not exist", list.Problem, StringComparison.Ordinal);

        _scratch.Authority.RevokeCollaborator("one");

        Assert.True(list.IsRevoked(_one));
        Assert.Null(list.Problem);
    }

    [Fact]
    public void IsRevoked_WhenAStrangerReplacesTheFile_KeepsTheLastGoodList()
    {
        using var stranger = new Scratch();
        _ = stranger.Authority;
        _scratch.Authority.RevokeCollaborator("one");
        var list = List();

        File.Copy(stranger.Folder.RevocationList, _scratch.Folder.RevocationList, overwrite: true);

        Assert.True(list.IsRevoked(_one));
        Assert.Contains("not signed by an authority of the chain", list.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAStrangersList_IsRefused()
    {
        using var stranger = new Scratch();
        _ = stranger.Authority;
        var refusal = Scratch.Refusal(
            () => _ = new RevocationList(stranger.Folder.RevocationList, _scratch.Folder.Chain, _scratch.Clock));
        Assert.Contains("not signed by an authority of the chain", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithOneByteOfTheSignatureChanged_IsRefused()
    {
        var der = PemDer(File.ReadAllText(_scratch.Folder.RevocationList));
        der[^1] ^= 1;
        File.WriteAllText(_scratch.Folder.RevocationList, PemEncoding.WriteString("X509 CRL", der));
        Assert.Contains("not signed by an authority", Scratch.Refusal(() => List()), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAListSignedByACollaborator_IsRefused()
    {
        using var identity = PeerTrust.LoadIdentity(
            _scratch.Folder.Certificate(PeerRole.Collaborator, "one"), _scratch.Folder.Key(PeerRole.Collaborator, "one"));
        File.AppendAllText(_scratch.Folder.Chain, identity.ExportCertificatePem());
        using var key = identity.GetECDsaPrivateKey()!;
        var forged = new CertificateRevocationListBuilder().Build(
            identity.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            BigInteger.One,
            Scratch.Start.AddDays(1),
            HashAlgorithmName.SHA384,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(identity, true, false),
            Scratch.Start);
        File.WriteAllText(_scratch.Folder.RevocationList, PemEncoding.WriteString("X509 CRL", forged));

        Assert.Contains("not signed by an authority", Scratch.Refusal(() => List()), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAMissingFile_IsRefused()
    {
        File.Delete(_scratch.Folder.RevocationList);
        Assert.Contains("crl.pem does not exist", Scratch.Refusal(() => List()), StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_AfterTheListsOwnDate_AsksForANewOne()
    {
        var list = List();
        _scratch.Clock.Advance(TimeSpan.FromDays(1826));
        Assert.Contains("should have been replaced by 2031-02-28 12:00 UTC", list.Problem, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _one.Dispose();
        _scratch.Dispose();
    }

    private RevocationList List() => new(_scratch.Folder.RevocationList, _scratch.Folder.Chain, _scratch.Clock);

    private static byte[] PemDer(string text) => Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
}
