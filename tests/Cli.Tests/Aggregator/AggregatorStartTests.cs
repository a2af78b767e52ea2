using Actors.Cli.Tests;

namespace Actors.Cli.Aggregator.Tests;

/// <summary>Whatever is missing is said before anything starts, with the command that makes it.</summary>
public class AggregatorStartTests
{
    [Fact]
    public async Task Start_OfAPlanThatIsNotInitialised_NamesTheCommand()
    {
        using var workspace = await TestWorkspace.CreateAsync();

        Assert.Contains("Run: fx plan initialize", await workspace.Terminal.FailAsync(ExitCode.Failed, "aggregator", "start"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAWorkspaceThatIsNotBuilt_NamesTheCommand()
    {
        using var workspace = await TestWorkspace.CreateAsync();
        Resolve(workspace);

        var error = await workspace.Terminal.FailAsync(ExitCode.Failed, "aggregator", "start");

        Assert.Contains("the workspace is not built", error, StringComparison.Ordinal);
        Assert.Contains("run 'fx plan initialize'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p", "other.yaml")]
    [InlineData("-c", "others.yaml")]
    public async Task Start_WithAFileThatIsMissing_NamesIt(string option, string file)
    {
        using var workspace = await TestWorkspace.CreateAsync();
        Resolve(workspace);

        var error = await workspace.Terminal.FailAsync(ExitCode.Failed, "aggregator", "start", option, file);

        Assert.Contains($"{workspace.In(file)} is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnUnknownDurability_IsAWrongCommandLine()
    {
        using var workspace = await TestWorkspace.CreateAsync();

        var error = await workspace.Terminal.FailAsync(ExitCode.Refused, "aggregator", "start", "--durability", "always");

        Assert.Contains("'power-loss'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAModelAndNoTaskGroup_NamesTheOption()
    {
        using var workspace = await TestWorkspace.CreateAsync();
        Resolve(workspace);

        var error = await workspace.Terminal.FailAsync(ExitCode.Failed, "aggregator", "start", "--model", "save/last.pbuf");

        Assert.Contains("--model goes with --task-group", error, StringComparison.Ordinal);
    }

    private static void Resolve(TestWorkspace workspace) => File.WriteAllText(
        workspace.In("plan", "plan.yaml"),
        File.ReadAllText(workspace.In("plan", "plan.yaml"))
            .Replace("agg_addr: auto", "agg_addr: localhost", StringComparison.Ordinal)
            .Replace("agg_port: auto", "agg_port: 50000", StringComparison.Ordinal));
}
