using System.CommandLine;

using Actors.Grains.Tensors;

namespace Actors.Cli;

/// <summary><c>--durability</c>: what an accepted result survives.</summary>
internal static class DurabilityOption
{
    private const string PowerLoss = "power-loss";
    private const string ProcessCrash = "process-crash";

    /// <summary>An option for one command.</summary>
    public static Option<string> Make()
    {
        var option = new Option<string>("--durability")
        {
            Description = "What an accepted result survives: process-crash (kill -9) or power-loss (every write is synchronised to the disk).",
            DefaultValueFactory = _ => ProcessCrash,
        };
        option.AcceptOnlyFromAmong(ProcessCrash, PowerLoss);
        return option;
    }

    /// <summary>What was chosen.</summary>
    public static Durability Of(ParseResult parsed, Option<string> option) =>
        parsed.GetValue(option) == PowerLoss ? Durability.PowerLoss : Durability.ProcessCrash;
}
