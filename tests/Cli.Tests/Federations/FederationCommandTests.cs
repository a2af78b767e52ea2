using Actors.Cli.Tests;
using Actors.Contracts.Federations;

namespace Actors.Cli.Federations.Tests;

public sealed class FederationCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_MakesANode_WhosePolicyHasAPersonLook()
    {
        await CreateAsync("node");

        Assert.Equal(new Uri("https://aggregator.hospital.org:4000/"), FederationFile.Read(_folder.In("node")).Gateway);
        var policy = HostPolicy.Read(_folder.In("node"));
        Assert.Equal((Acceptance.Review, 0), (policy.Acceptance, policy.Problems.Count));
    }

    [Fact]
    public async Task Create_OverSomething_IsRefused()
    {
        await CreateAsync("node");
        Assert.Contains("is not empty", await Terminal().FailAsync(ExitCode.Failed, "federation", "create", "--prefix", "node", "-a", "here"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithAPortThatIsNone_NamesIt() => Assert.Contains(
        "port", await Terminal().FailAsync(ExitCode.Refused, "federation", "create", "--prefix", "node", "-a", "here", "-p", "70000"), StringComparison.Ordinal);

    [Theory]
    [InlineData("federation", "start")]
    [InlineData("collaborator", "serve", "-n", "one")]
    [InlineData("experiment", "list")]
    [InlineData("experiment", "review")]
    public async Task Commands_WhereThereIsNoNode_SayHowToMakeOne(params string[] command) =>
        Assert.Contains("fx federation create", await Terminal().FailAsync(ExitCode.Failed, command), StringComparison.Ordinal);

    [Fact]
    public async Task Commands_WithoutAnAuthority_SayHowToGetOne()
    {
        await CreateAsync("node");
        Assert.Contains("fx operator certify --import", await Terminal("node").FailAsync(ExitCode.Failed, "experiment", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperatorsRequest_IsSignedAsAnOperatorsOnly()
    {
        await CreateAsync("node");
        await CreateAsync("office");
        await Terminal("node").MustAsync("workspace", "certify", "-s");
        await Terminal("office").MustAsync("operator", "generate-cert-request", "-n", "alice");
        var package = _folder.In("office", "op_alice_to_agg_cert_request.zip");

        var refusal = await Terminal("node").FailAsync(ExitCode.Failed, "collaborator", "certify", "--request-pkg", package, "-s");
        Assert.Contains("exactly one file col_NAME.csr", refusal, StringComparison.Ordinal);

        await Terminal("node").MustAsync("operator", "certify", "--request-pkg", package, "-s");
        var signed = await Terminal("office").MustAsync("operator", "certify", "--import", _folder.In("node", "agg_to_op_alice_signed_cert.zip"));
        Assert.Contains("The operator alice has its certificate", signed, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", await File.ReadAllTextAsync(_folder.In("node", "plan", "cols.yaml")), StringComparison.Ordinal);
    }

    private Task<string> CreateAsync(string name) => Terminal().MustAsync("federation", "create", "--prefix", name, "-a", "aggregator.hospital.org", "-p", "4000");

    private TestTerminal Terminal(params string[] below) => new(below.Length == 0 ? _folder.Root : _folder.In(below));
}
