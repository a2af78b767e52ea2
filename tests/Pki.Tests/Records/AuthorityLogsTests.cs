using System.Security.Cryptography;
using System.Text.Json;

namespace Actors.Pki.Tests;

public class AuthorityLogsTests
{
    [Fact]
    public void ReadIssued_InANewWorkspace_IsEmpty()
    {
        using var scratch = new Scratch();
        Assert.Empty(AuthorityLogs.ReadIssued(scratch.Workspace));
    }

    [Fact]
    public void Sign_Always_LogsOneLineThatDescribesTheCertificate()
    {
        using var scratch = new Scratch();
        using var leaf = scratch.SignedAggregator("agg.example.org");

        var entry = Assert.Single(AuthorityLogs.ReadIssued(scratch.Workspace));
        Assert.Equal(CertificateSerial.Of(leaf).ToString(), entry.Serial);
        Assert.Equal(("agg.example.org", PeerRole.Aggregator, "EC secp384r1"), (entry.Subject, entry.Kind, entry.KeyAlgorithm));
        Assert.Equal(leaf.GetCertHashString(HashAlgorithmName.SHA384), entry.Fingerprint, ignoreCase: true);
        Assert.Equal((Scratch.Start.AddMinutes(-5), Scratch.Start.AddDays(365)), (entry.NotBefore, entry.NotAfter));
        Assert.Equal(Scratch.Start, entry.SignedAt);
    }

    [Fact]
    public void Sign_Always_LogsReadableJsonNames()
    {
        using var scratch = new Scratch();
        scratch.SignedCollaborator("one");

        using var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(scratch.Folder.IssuanceLog)));
        string[] names = ["serial", "subject", "kind", "fingerprint", "keyAlgorithm", "notBefore", "notAfter", "signedAt", "authority"];
        Assert.Equal(names, line.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("collaborator", line.RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void Read_WithALastLineCutShort_PassesOverItAndTheNextTakesItsPlace()
    {
        using var scratch = new Scratch();
        var first = scratch.SignedCollaborator("one").Record;
        File.AppendAllText(scratch.Folder.IssuanceLog, "{\"serial\":\"12");

        Assert.Equal([first], AuthorityLogs.ReadIssued(scratch.Workspace));
        var second = scratch.SignedCollaborator("two").Record;
        Assert.Equal([first, second], AuthorityLogs.ReadIssued(scratch.Workspace));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public void Read_WithADamagedLine_NamesIt(string line)
    {
        using var scratch = new Scratch();
        scratch.SignedCollaborator("one");
        File.AppendAllText(scratch.Folder.IssuanceLog, line + "\n");

        var refusal = Scratch.Refusal(() => AuthorityLogs.ReadIssued(scratch.Workspace));

        Assert.StartsWith("Line 2 of the log", refusal, StringComparison.Ordinal);
        Assert.Contains("restore the file from a backup", refusal, StringComparison.Ordinal);
    }
}
