using Actors.Cli.Tests;

namespace Actors.Cli.Completion.Tests;

public sealed class CompletionCommandTests
{
    private readonly TestTerminal _terminal = new(Path.GetTempPath());

    [Theory]
    [InlineData("bash", "complete -o default -F _fx_complete fx")]
    [InlineData("zsh", "compdef _fx_complete fx")]
    [InlineData("fish", "complete --command fx")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_OfEachShell_RegistersFx(string shell, string expected)
    {
        var script = await _terminal.MustAsync("completion", shell);
        Assert.Contains(expected, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_AfterAGroup_NamesItsCommands()
    {
        var words = (await _terminal.MustAsync("[suggest:8]", "fx plan ")).Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("initialize", words);
        Assert.DoesNotContain("quickstart", words);
        Assert.DoesNotContain("/?", words);
    }

    [Fact]
    public async Task Completion_UnknownShell_IsRefused() => Assert.Equal(ExitCode.Refused, await _terminal.RunAsync("completion", "tcsh"));
}
