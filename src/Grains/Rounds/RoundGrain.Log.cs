using Microsoft.Extensions.Logging;

namespace Actors.Grains.Rounds;

internal sealed partial class RoundGrain
{
    [LoggerMessage(LogLevel.Information, "Starting round {Round}: {Assigned} collaborators have tasks")]
    private partial void LogOpened(int round, int assigned);

    [LoggerMessage(LogLevel.Information, "Round {Round}: closing with {Complete} of {Assigned} collaborators")]
    private partial void LogClosing(int round, int complete, int assigned);

    [LoggerMessage(LogLevel.Warning, "Round {Round}: the deadline has passed with {Complete} of the {Needed} collaborators it needs; its time starts anew")]
    private partial void LogRetry(int round, int complete, int needed);

    [LoggerMessage(LogLevel.Error, "Round {Round}: the accepted updates of {Collaborators} are gone from the store; they are asked for again")]
    private partial void LogUpdatesLost(int round, string collaborators);

    [LoggerMessage(LogLevel.Warning, "Round {Round} could not go on; trying again in a second")]
    private partial void LogAdvanceFailed(Exception problem, int round);

    [LoggerMessage(LogLevel.Critical, "Round {Round} cannot be assigned")]
    private partial void LogCannotAssign(Exception problem, int round);
}
