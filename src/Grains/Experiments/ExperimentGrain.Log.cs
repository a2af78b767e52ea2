using Actors.Contracts.Identity;

using Microsoft.Extensions.Logging;

namespace Actors.Grains.Experiments;

internal sealed partial class ExperimentGrain
{
    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} starts: {Rounds} rounds")]
    private partial void LogStarted(ExperimentId experiment, int rounds);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} goes on at round {Round}")]
    private partial void LogResumed(ExperimentId experiment, int round);

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment} is paused at round {Round}: {Reason}")]
    private partial void LogPaused(ExperimentId experiment, int round, string reason);

    [LoggerMessage(LogLevel.Information, "Round {Round}: {Metrics}")]
    private partial void LogRound(int round, string metrics);

    [LoggerMessage(LogLevel.Warning, "Round {Round}: {Alarm}")]
    private partial void LogAlarm(int round, string alarm);

    [LoggerMessage(LogLevel.Information, "Round {Round}: saved the best model with score {Score}")]
    private partial void LogBest(int round, double score);

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment} could not go on; trying again in a second")]
    private partial void LogContinueFailed(Exception problem, ExperimentId experiment);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} has ended: {Lifecycle}, {Reason}")]
    private partial void LogEnded(ExperimentId experiment, Lifecycle lifecycle, string reason);
}
