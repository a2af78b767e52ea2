using System.CommandLine;

namespace Actors.Cli.Aggregator;

/// <summary><c>fx aggregator …</c></summary>
internal static class AggregatorCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "aggregator", "The aggregator node: its certificate and its process.", AggregatorStart.Build(terminal));
}
