using Actors.Cli.Tests;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Doctor.Tests;

/// <summary>What is said of the nodes of a long-lived federation that nobody has started.</summary>
public sealed class NodeFindingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task NewNode_IsNobodys()
    {
        await CreateAsync("node");
        var found = await FindingsAsync("node");
        Assert.Equal(FindingStatus.Warning, found["certificates"].Status);
        Assert.Contains("there is no authority to trust", found["trust"].Found, StringComparison.Ordinal);
        Assert.DoesNotContain("plan", found.Keys);
    }

    [Fact]
    public async Task Aggregator_SaysThatItIsNotStarted_AndWhoIsAMember()
    {
        await AggregatorAsync();
        var found = await FindingsAsync("aggregator");
        Assert.Equal("there are none", found["members"].Found);
        Assert.Equal((FindingStatus.Warning, "Start it: fx federation start"), (found["aggregator"].Status, found["aggregator"].Advice));
        Assert.DoesNotContain(found.Values, finding => finding.Status == FindingStatus.Problem);

        await CollaboratorAsync("one", "-d", _folder.Root);
        found = await FindingsAsync("aggregator");
        Assert.Equal("one", found["members"].Found);
        Assert.DoesNotContain(found.Values, finding => finding.Status == FindingStatus.Problem);
    }

    [Fact]
    public async Task Collaborator_HasItsPolicyDataAndReviewsLookedAt()
    {
        await AggregatorAsync();
        await CollaboratorAsync("one", "-d", _folder.Root);

        var found = await FindingsAsync("one");
        Assert.Equal("a person looks at each experiment", found["policy"].Found);
        Assert.Equal((FindingStatus.Ok, _folder.Root), (found["data of one"].Status, found["data of one"].Found));
        Assert.Equal(FindingStatus.Problem, found["aggregator"].Status);
        Assert.Contains("check federation.yaml", found["aggregator"].Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept: automatic\n", FindingStatus.Warning, "it takes part in every operator's experiments")]
    [InlineData("accept: signed-by\nauthors: [alice]\n", FindingStatus.Ok, "it takes part in the experiments of alice")]
    [InlineData("accept: signed-by\n", FindingStatus.Problem, "authors")]
    public async Task Policy_IsJudged(string policy, FindingStatus status, string found)
    {
        await AggregatorAsync();
        await CollaboratorAsync("one", "-d", "1");
        await File.WriteAllTextAsync(_folder.In("one", "policy.yaml"), policy);

        var findings = await FindingsAsync("one");

        Assert.Equal(status, findings["policy"].Status);
        Assert.Contains(found, findings["policy"].Found, StringComparison.Ordinal);
        Assert.Equal((FindingStatus.Warning, "1 is no file or folder here"), (findings["data of one"].Status, findings["data of one"].Found));
    }

    [Fact]
    public async Task Operator_IsLookedAt()
    {
        await AggregatorAsync();
        await CreateAsync("office");
        await Terminal("office").MustAsync("operator", "generate-cert-request", "-n", "alice");
        await Terminal("aggregator").MustAsync("operator", "certify", "--request-pkg", _folder.In("office", "op_alice_to_agg_cert_request.zip"), "-s");
        await Terminal("office").MustAsync("operator", "certify", "--import", _folder.In("aggregator", "agg_to_op_alice_signed_cert.zip"));

        var found = await FindingsAsync("office");

        Assert.Equal(FindingStatus.Ok, found["cert/client/op_alice.crt"].Status);
        Assert.DoesNotContain("policy", found.Keys);
        Assert.DoesNotContain("node", found.Keys);
    }

    [Fact]
    public async Task BrokenFile_IsAProblem()
    {
        await CreateAsync("node");
        await File.WriteAllTextAsync(_folder.In("node", "federation.yaml"), "address: here\nport: no\n");
        Assert.Equal(FindingStatus.Problem, (await FindingsAsync("node"))["federation"].Status);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AggregatorAsync()
    {
        await CreateAsync("aggregator");
        await Terminal("aggregator").MustAsync("workspace", "certify", "-s");
        await Terminal("aggregator").MustAsync("aggregator", "generate-cert-request", "--fqdn", "localhost");
        await Terminal("aggregator").MustAsync("aggregator", "certify", "--fqdn", "localhost", "-s");
    }

    private async Task CollaboratorAsync(string name, params string[] more)
    {
        await CreateAsync(name);
        await Terminal(name).MustAsync(["collaborator", "generate-cert-request", "-n", name, .. more]);
        await Terminal("aggregator").MustAsync("collaborator", "certify", "--request-pkg", _folder.In(name, $"col_{name}_to_agg_cert_request.zip"), "-s");
        await Terminal(name).MustAsync("collaborator", "certify", "--import", _folder.In("aggregator", $"agg_to_col_{name}_signed_cert.zip"));
    }

    // Nobody listens at port 1.
    private Task<string> CreateAsync(string name) => Terminal().MustAsync("federation", "create", "--prefix", name, "-a", "localhost", "-p", "1");

    private TestTerminal Terminal(params string[] below) => new(below.Length == 0 ? _folder.Root : _folder.In(below));

    private async Task<Dictionary<string, Finding>> FindingsAsync(string node) =>
        (await NodeFindings.OfAsync(new WorkspaceLayout(_folder.In(node)), TimeProvider.System, CancellationToken.None))
        .ToDictionary(finding => finding.Name);
}
