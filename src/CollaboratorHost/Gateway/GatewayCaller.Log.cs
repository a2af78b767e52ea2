using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Gateway;

internal sealed partial class GatewayCaller
{
    [LoggerMessage(LogLevel.Information, "The gateway {Gateway} answers again.")]
    private partial void LogReachable(string gateway);

    [LoggerMessage(LogLevel.Warning, "{Call} did not get through, trying again until it does. {Reason}")]
    private partial void LogFailing(string call, string reason);

    [LoggerMessage(LogLevel.Debug, "{Call} still does not get through. {Reason}")]
    private partial void LogStillFailing(string call, string reason);
}
