using System.IO.Compression;
using System.Text;

namespace Actors.Pki.Tests;

public sealed class CertificateImportTests : IDisposable
{
    private readonly Scratch _aggregator = new();
    private readonly Scratch _hospital = new();

    [Fact]
    public void Import_OfWhatWasSigned_PutsCertificateAndChainInPlace()
    {
        var imported = Import(SignedHere());

        Assert.Equal("one", imported.Name);
        Assert.Equal(Scratch.Start.AddDays(365), imported.NotAfter);
        Assert.Equal(File.ReadAllBytes(_aggregator.Folder.Chain), File.ReadAllBytes(_hospital.Folder.Chain));
        using var identity = PeerTrust.LoadIdentity(imported.CertificatePath, _hospital.Folder.Key(PeerRole.Collaborator, "one"));
        Assert.True(identity.HasPrivateKey);
    }

    [Fact]
    public void Import_Twice_ChangesNothing()
    {
        var package = SignedHere();
        Assert.Equal(Import(package), Import(package));
    }

    [Fact]
    public void Import_WithoutTheKey_IsRefusedAndWritesNothing()
    {
        var package = SignedHere();
        File.Delete(_hospital.Folder.Key(PeerRole.Collaborator, "one"));
        AssertRefused(package, "col_one.key does not exist");
    }

    [Fact]
    public void Import_ForTheKeyOfAnEarlierRequest_IsRefusedAndWritesNothing()
    {
        var package = SignedHere();
        _hospital.Requests.CreateForCollaborator("one", overwrite: true);
        AssertRefused(package, "does not belong to the certificate in");
    }

    [Fact]
    public void Import_WithTheChainOfAnotherAuthority_IsRefusedAndWritesNothing()
    {
        using var stranger = new Scratch();
        _ = stranger.Authority;
        var package = Repack(SignedHere(), "cert_chain.crt", File.ReadAllText(stranger.Folder.Chain));
        AssertRefused(package, "does not lead to a trusted authority");
    }

    [Fact]
    public void Import_WhereAnotherChainIsTrusted_IsRefusedAndKeepsIt()
    {
        var package = SignedHere();
        Directory.CreateDirectory(_hospital.Folder.Root);
        File.WriteAllText(_hospital.Folder.Chain, "another federation's");

        Assert.Contains("brings another certificate chain", Scratch.Refusal(() => Import(package)), StringComparison.Ordinal);
        Assert.Equal("another federation's", File.ReadAllText(_hospital.Folder.Chain));
    }

    [Fact]
    public void Import_OfACertificateFiledUnderAnotherName_IsRefused()
    {
        var package = SignedHere();
        using (var zip = ZipFile.Open(package, ZipArchiveMode.Update))
        {
            var pem = Text(zip.GetEntry("client/col_one.crt")!);
            zip.GetEntry("client/col_one.crt")!.Delete();
            Put(zip, "client/col_two.crt", pem);
        }

        File.Copy(_hospital.Folder.Key(PeerRole.Collaborator, "one"), _hospital.Folder.Key(PeerRole.Collaborator, "two"));
        AssertRefused(package, "names 'one' but is filed as 'two'");
    }

    [Fact]
    public void Import_AfterTheCertificateExpired_IsRefusedAndWritesNothing()
    {
        var package = SignedHere();
        _hospital.Clock.Advance(TimeSpan.FromDays(366));
        AssertRefused(package, "expired at 2027-03-01 12:00 UTC");
    }

    [Fact]
    public void Import_WithAFileTooMany_IsRefused()
    {
        var package = SignedHere();
        using (var zip = ZipFile.Open(package, ZipArchiveMode.Update))
        {
            Put(zip, "plan.yaml", "rounds: 1");
        }

        AssertRefused(package, "exactly client/col_NAME.crt and cert_chain.crt");
    }

    [Fact]
    public void Import_WithAFolderEntry_PassesOverIt()
    {
        var package = SignedHere();
        using (var zip = ZipFile.Open(package, ZipArchiveMode.Update))
        {
            zip.CreateEntry("client/");
        }

        Assert.Equal("one", Import(package).Name);
    }

    [Theory]
    [InlineData("not PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")]
    public void Import_WithADamagedChain_IsRefused(string chain) =>
        AssertRefused(Repack(SignedHere(), "cert_chain.crt", chain), "The certificate bundle the chain in");

    public void Dispose()
    {
        _aggregator.Dispose();
        _hospital.Dispose();
    }

    private string SignedHere()
    {
        var created = _hospital.Requests.CreateForCollaborator("one");
        return _aggregator.Authority.Sign(CertificateAuthority.InspectPackage(created.PackagePath!, "one")).Path;
    }

    private ImportedCertificate Import(string package) => new CertificateImport(_hospital.Workspace, _hospital.Clock).Import(package);

    private void AssertRefused(string package, string problem)
    {
        Assert.Contains(problem, Scratch.Refusal(() => Import(package)), StringComparison.Ordinal);
        Assert.False(File.Exists(_hospital.Folder.Chain));
        Assert.Empty(Directory.EnumerateFiles(_hospital.Folder.Root, "*.crt", SearchOption.AllDirectories));
    }

    private static string Repack(string package, string name, string content)
    {
        using var zip = ZipFile.Open(package, ZipArchiveMode.Update);
        zip.GetEntry(name)!.Delete();
        Put(zip, name, content);
        return package;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static void Put(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.ASCII.GetBytes(content));
    }
}
