using Spectre.Console;

namespace Actors.Experiments.Tests;

public class TerminalProgressTests
{
    [Fact]
    public async Task InATerminal_ItIsATableOfTheRounds()
    {
        var shown = await ShowAsync(isInteractive: true);

        Assert.Contains("2 of 2 rounds", shown, StringComparison.Ordinal);
        Assert.Contains("loss 0.2500, accuracy 0.5000", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_ItIsALineForEachRound() => Assert.Equal(
        "Round 1 of 2, 1.5 s: train loss 0.2500, accuracy 0.5000\nRound 2 of 2, 1.5 s: train loss 0.2500, accuracy 0.5000\n",
        await ShowAsync(isInteractive: false));

    private static async Task<string> ShowAsync(bool isInteractive)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        (console.Profile.Width, console.Profile.Height) = (80, 20);
        await using (var progress = new TerminalProgress(console, isInteractive))
        {
            for (var round = 0; round < 2; round++)
            {
                progress.Report(new(round, 2, TimeSpan.FromSeconds(1.5), [new("train/loss", 0.25), new("train/accuracy", 0.5)]));
            }
        }

        return output.ToString();
    }
}
