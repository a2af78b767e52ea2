using System.IO.Compression;
using System.Security.Cryptography;

namespace Actors.Pki.Tests;

public class CertificateRequestsTests
{
    [Fact]
    public void CreateForAggregator_WithCapitals_LowersTheName()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForAggregator("Agg.Example.ORG");

        Assert.Equal("agg.example.org", created.Name);
        Assert.Equal(Path.Combine(scratch.Folder.Root, "server", "agg_agg.example.org.key"), created.KeyPath);
        Assert.Equal(Path.Combine(scratch.Folder.Root, "server", "agg_agg.example.org.csr"), created.RequestPath);
        Assert.Null(created.PackagePath);
    }

    [Fact]
    public void CreateForCollaborator_Always_PacksTheRequestAndNeverTheKey()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("One");

        Assert.Equal(Path.Combine(scratch.Workspace, "col_One_to_agg_cert_request.zip"), created.PackagePath);
        using var zip = ZipFile.OpenRead(created.PackagePath!);
        Assert.Equal(["col_One.csr"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public void CreateForCollaborator_WithoutPackage_WritesNone()
    {
        using var scratch = new Scratch();
        Assert.Null(scratch.Requests.CreateForCollaborator("one", package: false).PackagePath);
        Assert.Empty(Directory.EnumerateFiles(scratch.Workspace));
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    public void Create_WithEitherAlgorithm_WritesAPkcs8Key(KeyAlgorithm algorithm)
    {
        using var scratch = new Scratch();
        var created = new CertificateRequests(scratch.Workspace, scratch.Clock, algorithm).CreateForCollaborator("one");
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", File.ReadAllText(created.KeyPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhereAKeyExists_IsRefusedAndKeepsIt()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");
        var key = File.ReadAllBytes(created.KeyPath);

        var refusal = Scratch.Refusal(() => scratch.Requests.CreateForCollaborator("one"));

        Assert.Contains("exists already", refusal, StringComparison.Ordinal);
        Assert.Equal(key, File.ReadAllBytes(created.KeyPath));
    }

    [Fact]
    public void Create_WithOverwrite_MakesANewKey()
    {
        using var scratch = new Scratch();
        var first = scratch.Requests.CreateForCollaborator("one").Fingerprint;
        Assert.NotEqual(first, scratch.Requests.CreateForCollaborator("one", overwrite: true).Fingerprint);
    }

    [Fact]
    public void Create_OnUnix_KeepsKeysAndFoldersToTheOwner()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");
        _ = scratch.Authority;

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var key in new[] { created.KeyPath, scratch.Folder.RootKey, scratch.Folder.SigningKey })
        {
            Assert.Equal(file, File.GetUnixFileMode(key));
        }

        foreach (var folder in Directory.EnumerateDirectories(scratch.Workspace, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void Fingerprint_OfAFile_IsTheSha384OfItsBytesAndWhatTheSignerSees()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");

        Assert.Equal(Convert.ToHexStringLower(SHA384.HashData(File.ReadAllBytes(created.RequestPath))), created.Fingerprint);
        Assert.Equal(created.Fingerprint, CertificateRequests.Fingerprint(created.RequestPath));
        Assert.Equal(created.Fingerprint, CertificateAuthority.InspectPackage(created.PackagePath!).Fingerprint);
    }
}
