using System.CommandLine;

using Microsoft.Extensions.Logging;

namespace Actors.Cli;

/// <summary><c>-l, --log-level</c>: how much the long-running commands tell.</summary>
internal static class LogLevelOption
{
    /// <summary>The option; valid for every command.</summary>
    public static Option<LogLevel> Instance { get; } = new("--log-level", "-l")
    {
        Description = "How much to log: trace, debug, information, warning, error. 'info' is understood too.",
        Recursive = true,
        DefaultValueFactory = _ => LogLevel.Information,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (text.Equals("info", StringComparison.OrdinalIgnoreCase))
            {
                return LogLevel.Information;
            }

            if (Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level))
            {
                return level;
            }

            result.AddError($"--log-level is '{text}'; write trace, debug, info, warning or error.");
            return LogLevel.Information;
        },
    };
}
