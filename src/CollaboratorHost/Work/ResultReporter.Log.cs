using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work;

internal sealed partial class ResultReporter
{
    [LoggerMessage(LogLevel.Debug, "Round {Round}: the result of {Task} is accepted (already before: {Already}).")]
    private partial void LogAccepted(int round, string task, bool already);

    [LoggerMessage(LogLevel.Information, "Round {Round} is closed, the result of {Task} is dropped; round {CurrentRound} is running.")]
    private partial void LogRoundClosed(int round, string task, int currentRound);

    [LoggerMessage(LogLevel.Error, "Round {Round}: the aggregator refused the result of {Task}: {Problem}")]
    private partial void LogRefused(int round, string task, string problem);

    [LoggerMessage(LogLevel.Error,
        "Round {Round}: the aggregator's answer to the result of {Task} is not known here; use the aggregator's version.")]
    private partial void LogUnknownAnswer(int round, string task);

    [LoggerMessage(LogLevel.Debug, "Round {Round}: the bytes of {Task} were not taken, asking where to go on. {Problem}")]
    private partial void LogMisplaced(int round, string task, string problem);

    [LoggerMessage(LogLevel.Debug, "Pushing {Bytes} bytes of the {Kind}; the aggregator has {StoredBytes} already.")]
    private partial void LogPushing(string kind, long bytes, long storedBytes);
}
