using System.CommandLine;

namespace Actors.Cli.Aggregator;

/// <summary><c>fx aggregator start</c></summary>
internal static class AggregatorStart
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("start", "Start the aggregator.").Does("fx aggregator start", [], parsed => ExitCode.Ok);
}
