using System.Globalization;

using Actors.Cli.Tests;

using Spectre.Console;

namespace Actors.Cli.Quickstart.Tests;

public sealed class RoundViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Show_MoreRoundsThanTheScreenHasLines_ShowsTheLastBelowTheTitle()
    {
        var shown = await ShowAsync(isInteractive: true);
        var frame = shown[shown.LastIndexOf("30 of 30 rounds", StringComparison.Ordinal)..];
        Assert.InRange(frame.Split('\n').Length, 6, 13);
        Assert.Contains("│ 30 ", frame, StringComparison.Ordinal);
        Assert.DoesNotContain("│ 20 ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NoTerminal_IsALineForEachRound() => Assert.StartsWith(
        "Round 1 of 30, 1.5 s: train loss 0.2500\nRound 2 of 30, ", await ShowAsync(isInteractive: false), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private async Task<string> ShowAsync(bool isInteractive)
    {
        await File.WriteAllLinesAsync(_folder.In("metrics.jsonl"), Enumerable.Range(0, 30).Select(round =>
            string.Create(CultureInfo.InvariantCulture, $"{{\"round\":{round},\"seconds\":1.5,\"metrics\":{{\"train\":{{\"loss\":0.25}}}}}}")));
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        (console.Profile.Width, console.Profile.Height) = (80, 14);
        var terminal = new Terminal(console, output, output, TextReader.Null, isInteractive, _folder.Root);
        await new RoundView(terminal, _folder.In("metrics.jsonl"), 30).ShowAsync(new CancellationToken(canceled: true));
        return output.ToString().ReplaceLineEndings("\n");
    }
}
