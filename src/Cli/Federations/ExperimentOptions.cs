using System.CommandLine;

using Actors.Experiments.Federations;

namespace Actors.Cli.Federations;

/// <summary>What the commands of an operator have in common.</summary>
internal static class ExperimentOptions
{
    /// <summary>Who gives the command.</summary>
    public static Option<string> Operator { get; } = new("--operator", "-o")
    {
        Description = "Which operator gives the command. Default: the only one whose certificate is in this folder.",
    };

    /// <summary>An experiment of a long-lived federation, which must be named.</summary>
    public static Option<string> Name { get; } = new("--name", "-n") { Description = "The experiment's name.", Required = true };

    /// <summary>The federation of the folder that a command is run in.</summary>
    public static Federation Open(ParseResult parsed, Terminal terminal) =>
        Federation.Open(terminal.Folder, parsed.GetValue(Operator), terminal.Clock);

    /// <summary>Does something with the experiment that is named.</summary>
    public static async Task<int> WithAsync(ParseResult parsed, Terminal terminal, Func<FederatedExperiment, Task> action)
    {
        using var federation = Open(parsed, terminal);
        await action(federation.Find(parsed.GetRequiredValue(Name)));
        return ExitCode.Ok;
    }
}
