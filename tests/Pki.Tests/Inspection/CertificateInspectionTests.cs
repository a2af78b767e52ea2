using Microsoft.Extensions.Time.Testing;

namespace Actors.Pki.Tests;

public class CertificateInspectionTests
{
    [Fact]
    public void Inspect_AnEmptyWorkspace_FindsNothing()
    {
        using var scratch = new Scratch();
        Assert.Empty(CertificateInspection.Inspect(scratch.Workspace, scratch.Clock));
    }

    [Fact]
    public void Inspect_ASoundWorkspace_ListsEverythingWithoutAProblem()
    {
        using var scratch = Sound();
        var findings = CertificateInspection.Inspect(scratch.Workspace, scratch.Clock);

        string[] files = ["root-ca.crt", "signing-ca.crt", "cert_chain.crt", "agg_agg.example.org.crt", "col_one.crt"];
        Assert.Equal(files, findings.Select(finding => Path.GetFileName(finding.Path)));
        Assert.All(findings, finding => Assert.Null(finding.Problem));
        Assert.Equal(("CN=one", Scratch.Start.AddDays(365)), (findings[^1].Subject, findings[^1].NotAfter!.Value));
    }

    [Fact]
    public void Inspect_WithTheRootKeyKeptElsewhere_IsNoProblem()
    {
        using var scratch = Sound();
        File.Delete(scratch.Folder.RootKey);
        Assert.Null(ProblemOf(scratch, "root-ca.crt"));
    }

    [Theory]
    [InlineData(340, "expires soon, at 2027-03-01 12:00 UTC")]
    [InlineData(366, "expired at 2027-03-01 12:00 UTC")]
    [InlineData(-1, "is not valid before 2026-03-01 11:55 UTC")]
    public void Inspect_OutOfItsTime_SaysWhen(int days, string problem)
    {
        using var scratch = Sound();
        var clock = new FakeTimeProvider(Scratch.Start.AddDays(days));
        var finding = CertificateInspection.Inspect(scratch.Workspace, clock)
            .Single(finding => Path.GetFileName(finding.Path) == "col_one.crt");
        Assert.Contains(problem, finding.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ARevokedCertificate_SaysSo()
    {
        using var scratch = Sound();
        scratch.Authority.RevokeCollaborator("one");
        Assert.Contains("was revoked", ProblemOf(scratch, "col_one.crt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ACertificateUnderAnothersName_SaysWhoseItIs()
    {
        using var scratch = Sound();
        File.Move(scratch.Folder.Certificate(PeerRole.Collaborator, "one"), scratch.Folder.Certificate(PeerRole.Collaborator, "two"));
        File.Move(scratch.Folder.Key(PeerRole.Collaborator, "one"), scratch.Folder.Key(PeerRole.Collaborator, "two"));
        Assert.Contains("col_two.crt names 'one'", ProblemOf(scratch, "col_two.crt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_WithoutTheKey_SaysSo()
    {
        using var scratch = Sound();
        File.Delete(scratch.Folder.Key(PeerRole.Collaborator, "one"));
        Assert.Contains("col_one.key is missing", ProblemOf(scratch, "col_one.crt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_WithAKeyOthersCanRead_SaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var scratch = Sound();
        File.SetUnixFileMode(scratch.Folder.SigningKey, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("can be read by others", ProblemOf(scratch, "signing-ca.crt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_WithoutTheChain_SaysSo()
    {
        using var scratch = Sound();
        File.Delete(scratch.Folder.Chain);
        Assert.Contains("cert_chain.crt is missing", ProblemOf(scratch, "col_one.crt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ADamagedCertificate_SaysSoAndGoesOn()
    {
        using var scratch = Sound();
        File.WriteAllText(scratch.Folder.Certificate(PeerRole.Aggregator, "agg.example.org"), "not a certificate");
        Assert.Contains("cannot be read", ProblemOf(scratch, "agg_agg.example.org.crt"), StringComparison.Ordinal);
        Assert.Null(ProblemOf(scratch, "col_one.crt"));
    }

    [Fact]
    public void Inspect_ARequestThatWaits_SaysWhatToDo()
    {
        using var scratch = new Scratch();
        scratch.Requests.CreateForCollaborator("one");
        Assert.Contains("has no certificate yet", ProblemOf(scratch, "col_one.csr"), StringComparison.Ordinal);
    }

    private static Scratch Sound()
    {
        var scratch = new Scratch();
        scratch.SignedAggregator("agg.example.org").Dispose();
        scratch.Collaborator("one").Dispose();
        return scratch;
    }

    private static string? ProblemOf(Scratch scratch, string file) => CertificateInspection.Inspect(scratch.Workspace, scratch.Clock)
        .Single(finding => Path.GetFileName(finding.Path) == file)
        .Problem;
}
