using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Cli.Tests;

using Microsoft.Extensions.Time.Testing;

namespace Actors.Cli.Certificates.Tests;

public sealed class CertificateFlowTests : IDisposable
{
    private const string Request = "col_one_to_agg_cert_request.zip";
    private const string Signed = "agg_to_col_one_signed_cert.zip";

    private readonly TemporaryFolder _folder = new();
    private readonly TestTerminal _aggregator;
    private readonly TestTerminal _collaborator;

    public CertificateFlowTests()
    {
        Templates.Create("synthetic", _folder.In("aggregator"));
        Templates.Create("synthetic", _folder.In("collaborator"));
        _aggregator = new(_folder.In("aggregator"));
        _collaborator = new(_folder.In("collaborator"));
    }

    [Fact]
    public async Task Steps7To16_AcrossTwoFolders_GiveBothEndsTheirCertificates()
    {
        await JoinAsync();
        Assert.True(File.Exists(_folder.In("aggregator", "cert", "server", "agg_localhost.crt")));
        Assert.True(File.Exists(_folder.In("collaborator", "cert", "client", "col_one.crt")));
        Assert.True(File.Exists(_folder.In("collaborator", "cert", "cert_chain.crt")));
        Assert.Contains("one", await File.ReadAllTextAsync(_folder.In("aggregator", "plan", "cols.yaml")), StringComparison.Ordinal);
        Assert.Contains("one,3", await File.ReadAllTextAsync(_folder.In("collaborator", "plan", "data.yaml")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("aggregator", "cert", "client", "col_one.key")));
    }

    [Fact]
    public async Task Certify_ShowsTheFingerprintThatTheRequesterSaw()
    {
        await _aggregator.MustAsync("workspace", "certify");
        var requested = await _collaborator.MustAsync("collaborator", "generate-cert-request", "-n", "one", "-d", "1");
        var fingerprint = requested.Split('\n').Single(line => line.Trim().Length == 96).Trim();
        Assert.Equal(ExitCode.Ok, await _aggregator.AnswerAsync("y\n", "collaborator", "certify", "-r", _folder.In("collaborator", Request)));
        Assert.Contains(fingerprint, _aggregator.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    public async Task Certify_WithoutAYes_SignsNothing(string answer)
    {
        await _aggregator.MustAsync("workspace", "certify");
        await _collaborator.MustAsync("collaborator", "generate-cert-request", "-n", "one", "-d", "1");
        Assert.Equal(
            ExitCode.Failed, await _aggregator.AnswerAsync(answer, "collaborator", "certify", "-r", _folder.In("collaborator", Request)));
        Assert.False(File.Exists(_folder.In("aggregator", Signed)));
        Assert.Equal("[]", (await _aggregator.MustAsync("pki", "list", "--json")).Trim());
    }

    [Fact]
    public async Task Certify_NobodyToAnswer_NamesTheOption()
    {
        await _aggregator.MustAsync("workspace", "certify");
        await _aggregator.MustAsync("aggregator", "generate-cert-request", "--fqdn", "localhost");
        Assert.Equal(ExitCode.Failed, await _aggregator.RunAsync("aggregator", "certify", "--fqdn", "localhost"));
        Assert.Contains("--silent", _aggregator.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AsksForTheDataBeforeItMakesAKey()
    {
        Assert.Equal(ExitCode.Failed, await _collaborator.RunAsync("collaborator", "generate-cert-request", "-n", "one"));
        Assert.Contains("--data_path", _collaborator.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _collaborator.AnswerAsync("2\n", "collaborator", "generate-cert-request", "-n", "one"));
        Assert.Contains("one,2", await File.ReadAllTextAsync(_folder.In("collaborator", "plan", "data.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certify_RequestOfThisWorkspaceWithoutPackage_IsSignedByName()
    {
        await _aggregator.MustAsync("workspace", "certify");
        await _aggregator.MustAsync("collaborator", "generate-cert-request", "-n", "one", "-d", "1", "-x");
        await _aggregator.MustAsync("collaborator", "certify", "-n", "one", "-s");
        await _aggregator.MustAsync("collaborator", "certify", "-i", Signed);
        Assert.True(File.Exists(_folder.In("aggregator", "cert", "client", "col_one.crt")));
    }

    [Fact]
    public async Task Revoke_ByName_IsListedAsRevoked()
    {
        await JoinAsync();
        await _aggregator.MustAsync("pki", "revoke", "-n", "one", "-s");
        using var json = JsonDocument.Parse(await _aggregator.MustAsync("pki", "list", "--json"));
        var revoked = json.RootElement.EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("subject").GetString()!, entry => entry.GetProperty("revoked").GetBoolean());
        Assert.True(revoked["one"]);
        var serial = json.RootElement[0].GetProperty("serial").GetString()!;
        Assert.Contains(serial, await _aggregator.MustAsync("pki", "list"), StringComparison.Ordinal);
        Assert.False(revoked["localhost"]);
    }

    [Fact]
    public async Task Certificates_AfterTheirYear_AreSaidToHaveExpired()
    {
        await JoinAsync();
        var later = new TestTerminal(_folder.In("collaborator")) { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(366)) };
        await later.RunAsync("doctor");
        Assert.Matches(@"problem  cert/client/col_one\.crt: .* expired at ", later.Output);
    }

    [Fact]
    public async Task Revoke_NothingNamed_IsRefused()
    {
        await _aggregator.MustAsync("workspace", "certify");
        Assert.Equal(ExitCode.Refused, await _aggregator.RunAsync("pki", "revoke", "-s"));
        Assert.Contains("--serial", _aggregator.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfTheRequestItself_IsRefusedWithoutATrace()
    {
        await _collaborator.MustAsync("collaborator", "generate-cert-request", "-n", "one", "-d", "1");
        Assert.Equal(ExitCode.Failed, await _collaborator.RunAsync("collaborator", "certify", "-i", Request));
        Assert.StartsWith("error: ", _collaborator.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _collaborator.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", _collaborator.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task JoinAsync()
    {
        await _aggregator.MustAsync("workspace", "certify");
        await _aggregator.MustAsync("aggregator", "generate-cert-request", "--fqdn", "localhost");
        await _aggregator.MustAsync("aggregator", "certify", "--fqdn", "localhost", "-s");
        await _collaborator.MustAsync("collaborator", "generate-cert-request", "-n", "one", "-d", "3");
        await _aggregator.MustAsync("collaborator", "certify", "--request-pkg", _folder.In("collaborator", Request), "-s");
        await _collaborator.MustAsync("collaborator", "certify", "--import", _folder.In("aggregator", Signed));
    }
}
