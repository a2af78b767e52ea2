namespace Actors.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("workspace create")]
    [InlineData("workspace certify")]
    [InlineData("workspace export")]
    [InlineData("workspace import")]
    [InlineData("workspace verify")]
    [InlineData("plan initialize")]
    [InlineData("plan check")]
    [InlineData("plan freeze")]
    [InlineData("plan print")]
    [InlineData("plan save")]
    [InlineData("plan switch")]
    [InlineData("plan remove")]
    [InlineData("aggregator generate-cert-request")]
    [InlineData("aggregator certify")]
    [InlineData("aggregator start")]
    [InlineData("collaborator create")]
    [InlineData("collaborator generate-cert-request")]
    [InlineData("collaborator certify")]
    [InlineData("collaborator start")]
    [InlineData("collaborator serve")]
    [InlineData("operator generate-cert-request")]
    [InlineData("operator certify")]
    [InlineData("federation create")]
    [InlineData("federation start")]
    [InlineData("federation collaborators")]
    [InlineData("experiment submit")]
    [InlineData("experiment list")]
    [InlineData("experiment status")]
    [InlineData("experiment metrics")]
    [InlineData("experiment model")]
    [InlineData("experiment review")]
    [InlineData("experiment stop")]
    [InlineData("experiment remove")]
    [InlineData("model save")]
    [InlineData("model inspect")]
    [InlineData("model evaluate")]
    [InlineData("pki list")]
    [InlineData("pki revoke")]
    [InlineData("quickstart")]
    [InlineData("rehearse")]
    [InlineData("tutorial list")]
    [InlineData("tutorial show")]
    [InlineData("tutorial run")]
    [InlineData("doctor")]
    [InlineData("completion")]
    public async Task Help_OfEachCommand_ShowsAnExample(string command)
    {
        var output = await new TestTerminal(Path.GetTempPath()).MustAsync([.. command.Split(' '), "--help"]);
        Assert.Contains("Example: ", output, StringComparison.Ordinal);
        Assert.Contains($"fx {command}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownCommand_IsRefusedAndShowsTheKnownOnes()
    {
        var terminal = new TestTerminal(Path.GetTempPath());
        Assert.Equal(ExitCode.Refused, await terminal.RunAsync("plan", "nothing"));
        Assert.Contains("initialize", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("'nothing'", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingOption_IsRefusedAndNamed()
    {
        var terminal = new TestTerminal(Path.GetTempPath());
        Assert.Equal(ExitCode.Refused, await terminal.RunAsync("workspace", "create"));
        Assert.Contains("--prefix", terminal.Error, StringComparison.Ordinal);
    }
}
