using Microsoft.Extensions.Logging;

namespace Actors.Cli.Composition;

/// <summary>How the long-running commands log: one line an event, with the time, to standard output.</summary>
internal static class Logs
{
    /// <summary>Adds the console and keeps the libraries quiet.</summary>
    public static ILoggingBuilder AddFederationConsole(this ILoggingBuilder logging, LogLevel level) => logging
        .SetMinimumLevel(level)
        .AddFilter("Orleans", Louder(level, LogLevel.Warning))
        .AddFilter("Microsoft", Louder(level, LogLevel.Warning))
        .AddFilter("Grpc", Louder(level, LogLevel.Warning))
        .AddFilter("Polly", Louder(level, LogLevel.Warning))

        // At start the watchdog reports the machine's uptime as a delay of its own; it is none.
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });

    private static LogLevel Louder(LogLevel asked, LogLevel usual) => asked <= LogLevel.Debug ? asked : asked > usual ? asked : usual;
}
