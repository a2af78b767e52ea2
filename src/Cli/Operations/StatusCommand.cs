using System.CommandLine;

using Google.Protobuf;

using Wire = Actors.Contracts.Wire;

namespace Actors.Cli.Operations;

/// <summary><c>fx status</c></summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one line a look." };
    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Look again every second until the experiment has ended." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("status", "Where the experiment of the aggregator in this workspace stands, and who is there.").Does(
            "fx status --watch", [Json, Watch], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var aggregator = OperatorConnection.Open(terminal);
        while (true)
        {
            var status = await aggregator.CallAsync(
                (client, options) => client.GetStatusAsync(new Wire.StatusRequest(), options), cancellationToken);
            Show(status, parsed.GetValue(Json), terminal);
            if (!parsed.GetValue(Watch) || status.Lifecycle is "finished" or "failed" or "stopped")
            {
                return ExitCode.Ok;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), terminal.Clock, cancellationToken);
        }
    }

    private static void Show(Wire.ExperimentStatus status, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.Say(JsonFormatter.ToDiagnosticString(status));
        }
        else
        {
            StatusView.Write(status, terminal, terminal.Clock.GetUtcNow());
        }
    }
}
