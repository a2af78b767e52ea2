using Actors.Contracts.OpenFl;

namespace Actors.Contracts.Plans.Tests;

public class PlanInitializationTests
{
    private const string Fqdn = "node.example.org";

    private static readonly string Unresolved = ValidPlan.With("agg_addr: aggregator.example.org", "agg_addr: auto   # filled in")
        .Replace("agg_port: 50051", "agg_port: auto", StringComparison.Ordinal);

    [Fact]
    public void Resolve_Auto_TakesTheFqdnAndTheOriginalsPort()
    {
        var withAddress = Unresolved.Replace("agg_addr: auto", $"agg_addr: {Fqdn}", StringComparison.Ordinal);
        var port = PythonPlan.Read(withAddress, "plan.yaml", _ => null).AutomaticPort(Fqdn);

        var resolved = PlanInitialization.Resolve(Unresolved, null, Fqdn);

        Assert.Equal(withAddress.Replace("agg_port: auto", $"agg_port: {port}", StringComparison.Ordinal), resolved.Yaml);
        Assert.True(ValidPlan.Read(resolved.Yaml!).IsResolved);
    }

    [Fact]
    public void Resolve_AResolvedPlan_ChangesNothing() =>
        Assert.Equal(ValidPlan.Yaml, PlanInitialization.Resolve(ValidPlan.Yaml, null, Fqdn).Yaml);

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5")]
    [InlineData("fe80::1", "fe80::1")]
    [InlineData("other.example.org", "other.example.org")]
    public void Resolve_GivenAddress_WinsOverThePlan(string address, string expected)
    {
        var resolved = PlanInitialization.Resolve(ValidPlan.Yaml, address, Fqdn);

        Assert.Equal(expected, ValidPlan.Read(resolved.Yaml!).Network.AggregatorAddress);
    }

    [Fact]
    public void Resolve_NetworkLeftToDefaults_IsWrittenIntoThePlan()
    {
        var yaml = ValidPlan.With("network:\n  settings:\n    agg_addr: aggregator.example.org\n    agg_port: 50051\n    tls: true\n", "network:\n  defaults: plan/defaults/network.yaml # ours\n");
        static string? ReadDefaults(string path) => "settings: {agg_addr: auto, agg_port: auto, tls: true}";

        var resolved = PlanInitialization.Resolve(yaml, null, Fqdn, ReadDefaults);

        Assert.Equal("", resolved.Problems.ToText());
        Assert.Contains("  defaults: plan/defaults/network.yaml # ours", resolved.Yaml, StringComparison.Ordinal);
        Assert.Equal(Fqdn, ValidPlan.Read(resolved.Yaml!, ReadDefaults).Network.AggregatorAddress);
    }

    [Fact]
    public void Resolve_DefaultsOfAnInstalledOriginal_MayBeMissing()
    {
        var yaml = Unresolved.Replace("agg_port: auto", "agg_port: 50051", StringComparison.Ordinal)
            .Replace("network:\n", "network:\n  defaults: plan/defaults/network.yaml\n", StringComparison.Ordinal);

        var resolved = PlanInitialization.Resolve(yaml, null, Fqdn, servesOriginals: true);

        Assert.Equal("", resolved.Problems.ToText());
        Assert.Equal(Fqdn, new PlanReader(servesOriginals: true).Read(resolved.Yaml!).Plan!.Network.AggregatorAddress);
        Assert.Contains("is not there", new PlanReader().Read(resolved.Yaml!).Problems.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_AutomaticPortOfAPlanThatIsNotAllThere_IsAProblem() => Assert.Equal(
        "The port of agg_port: auto follows from the whole plan, which lacks plan/defaults/network.yaml; "
        + "copy that from the installed OpenFL, or write the port that collaborators dial.",
        PlanInitialization.Resolve(
            Unresolved.Replace("network:\n", "network:\n  defaults: plan/defaults/network.yaml\n", StringComparison.Ordinal),
            null,
            Fqdn,
            servesOriginals: true).Problems.ToText());

    [Theory]
    [InlineData("two words", "\"two words\" is not a host; give a host name or IP address without port.")]
    [InlineData("host:1", "\"host:1\" is not a host; give a host name or IP address without port.")]
    public void Resolve_AddressThatIsNoHost_IsAProblem(string address, string expected) =>
        Assert.Equal(expected, PlanInitialization.Resolve(Unresolved, address, Fqdn).Problems.ToText());

    [Fact]
    public void Resolve_SettingsOfAnAlias_AreLeftToThePerson()
    {
        var result = PlanInitialization.Resolve("x: &x {agg_addr: auto, agg_port: auto}\nnetwork: {settings: *x}\n", null, Fqdn);

        Assert.Null(result.Yaml);
        Assert.Equal(
            "network.settings.agg_addr: cannot be written in place; write agg_addr: node.example.org under network: settings: by hand.",
            result.Problems.ToText());
    }

    [Fact]
    public void ResolveWorkspace_AddressInADefaultsFile_ResolvesThePlanAsTheReaderReadsIt()
    {
        using var workspace = new TemporaryWorkspace();
        workspace.Write("plan/plan.yaml", ValidPlan.With("    agg_addr: aggregator.example.org\n    agg_port: 50051\n", "").Replace("network:\n", "network:\n  defaults: plan/network.yaml\n", StringComparison.Ordinal));
        workspace.Write("plan/network.yaml", "settings: {agg_addr: auto, agg_port: auto}");

        var resolved = PlanInitialization.ResolveWorkspace(workspace.Folder, null, Fqdn);

        Assert.Equal("", resolved.Problems.ToText());
        Assert.Equal(Fqdn, new PlanReader().ReadWorkspace(workspace.Folder).Plan!.Network.AggregatorAddress);
    }

    [Fact]
    public void ResolveWorkspace_WithoutAPlan_IsAProblem()
    {
        using var workspace = new TemporaryWorkspace();
        Assert.Equal("plan/plan.yaml: cannot be read; put a plan there.", PlanInitialization.ResolveWorkspace(workspace.Folder, null, Fqdn).Problems.ToText());
    }
}
