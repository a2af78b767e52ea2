using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Actors.Cli.Composition;

/// <summary>A silo that a person runs in a terminal: it logs there, and ends with Ctrl+C or SIGTERM.</summary>
internal static class InTerminal
{
    /// <summary>What its builder is given.</summary>
    public static Action<WebApplicationBuilder> At(LogLevel level) => builder =>
    {
        builder.Logging.AddFederationConsole(level);
        builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>();
    };
}
