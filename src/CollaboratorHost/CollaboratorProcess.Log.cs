using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost;

public static partial class CollaboratorProcess
{
    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} was told to end; started again it goes on where it is.")]
    private static partial void LogInterrupted(ILogger logger, string collaborator);

    [LoggerMessage(LogLevel.Critical, "Collaborator {Collaborator} ends. {Reason}")]
    private static partial void LogEnded(ILogger logger, string collaborator, string reason);

    [LoggerMessage(LogLevel.Critical, "Collaborator {Collaborator} ends unexpectedly: {Reason}")]
    private static partial void LogBroken(ILogger logger, Exception exception, string collaborator, string reason);
}
