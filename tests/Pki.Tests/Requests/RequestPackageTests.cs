using System.IO.Compression;
using System.Text;

namespace Actors.Pki.Tests;

public class RequestPackageTests
{
    [Fact]
    public void InspectPackage_WithoutALabel_TakesTheOneInside()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");
        Assert.Equal("one", CertificateAuthority.InspectPackage(created.PackagePath!).Name);
    }

    [Fact]
    public void InspectPackage_ForAnotherCollaborator_IsRefused()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");
        var refusal = Scratch.Refusal(() => CertificateAuthority.InspectPackage(created.PackagePath!, "two"));
        Assert.Contains("is for 'one' but 'two' was to be signed", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_WhoseFileNameAndSubjectDiffer_IsRefused()
    {
        var refusal = RefusalOf(("col_one.csr", Scratch.RequestPem("CN=two")));
        Assert.Contains("names 'two' but 'one' was to be signed", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../col_one.csr")]
    [InlineData("/etc/col_one.csr")]
    [InlineData("..\\col_one.csr")]
    [InlineData("C:col_one.csr")]
    public void InspectPackage_WithAPathThatLeavesIt_IsRefused(string name) =>
        Assert.Contains("which points outside", RefusalOf((name, Scratch.RequestPem("CN=one"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("sub/col_one.csr")]
    [InlineData("one.csr")]
    [InlineData("col_one.key")]
    public void InspectPackage_WithAnotherFile_IsRefused(string name) =>
        Assert.Contains("exactly one file col_NAME.csr", RefusalOf((name, Scratch.RequestPem("CN=one"))), StringComparison.Ordinal);

    [Fact]
    public void InspectPackage_WithAnUnusableName_IsRefused() =>
        Assert.Contains("is not usable", RefusalOf(("col_.csr", Scratch.RequestPem("CN=one"))), StringComparison.Ordinal);

    [Fact]
    public void InspectPackage_WithTwoRequests_IsRefused()
    {
        var refusal = RefusalOf(("col_one.csr", Scratch.RequestPem("CN=one")), ("col_two.csr", Scratch.RequestPem("CN=two")));
        Assert.Contains("holds col_one.csr, col_two.csr", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_WithTheSameNameTwice_IsRefused()
    {
        var pem = Scratch.RequestPem("CN=one");
        Assert.Contains("twice", RefusalOf(("col_one.csr", pem), ("col_one.csr", pem)), StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_WithManyEntries_IsRefused()
    {
        var entries = Enumerable.Range(0, 9).Select(i => ($"col_{i}.csr", "")).ToArray();
        Assert.Contains("more than 8 entries", RefusalOf(entries), StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_ThatUnpacksToALot_IsRefusedBeforeItIsUnpacked() =>
        Assert.Contains("of more than 65536 bytes", RefusalOf(("col_one.csr", new string('A', 50_000_000))), StringComparison.Ordinal);

    [Fact]
    public void InspectPackage_LargerThanAPackageCanBe_IsRefused()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "large.zip");
        File.WriteAllBytes(path, new byte[300_000]);
        var refusal = Scratch.Refusal(() => CertificateAuthority.InspectPackage(path));
        Assert.Contains("is larger than 262144 bytes", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_ThatIsNoZip_IsRefused()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "text.zip");
        File.WriteAllText(path, "not a zip");
        Assert.Contains("not a readable zip", Scratch.Refusal(() => CertificateAuthority.InspectPackage(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void InspectPackage_WithAnyByteChanged_NeverYieldsAnotherRequest()
    {
        using var scratch = new Scratch();
        var created = scratch.Requests.CreateForCollaborator("one");
        var sound = File.ReadAllBytes(created.PackagePath!);
        var path = Path.Combine(scratch.Workspace, "tampered.zip");
        for (var i = 0; i < sound.Length; i += 3)
        {
            byte[] tampered = [.. sound];
            tampered[i] ^= 0x55;
            File.WriteAllBytes(path, tampered);
            try
            {
                // Some bytes of a zip mean nothing, a time stamp for one.
                Assert.Equal(created.Fingerprint, CertificateAuthority.InspectPackage(path, "one").Fingerprint);
            }
            catch (PkiException)
            {
                // The other permitted answer.
            }
        }
    }

    private static string RefusalOf(params (string Name, string Content)[] entries)
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "request.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.ASCII.GetBytes(content));
            }
        }

        return Scratch.Refusal(() => CertificateAuthority.InspectPackage(path));
    }
}
