using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work;

internal sealed partial class TaskLoop
{
    [LoggerMessage(LogLevel.Information, "Joined {Experiment} as collaborator {Collaborator}; the aggregator's version is {Version}.")]
    private partial void LogJoined(string experiment, string collaborator, string version);

    [LoggerMessage(LogLevel.Error,
        "The aggregator refused to let this collaborator join: {Problem} Plan here {PlanHash}, there {TheirPlanHash}. "
        + "Workspace here {WorkspaceHash}, there {TheirWorkspaceHash}. First difference in the plan: {Difference}.")]
    private partial void LogJoinRefused(
        string problem, string planHash, string theirPlanHash, string workspaceHash, string theirWorkspaceHash, string difference);

    [LoggerMessage(LogLevel.Information, "Waiting for tasks...")]
    private partial void LogWaiting();

    [LoggerMessage(LogLevel.Information, "Received the following tasks: {Tasks} (round {Round}, collaborator {Collaborator})")]
    private partial void LogReceived(int round, string collaborator, string tasks);

    [LoggerMessage(LogLevel.Debug, "Round {Round}: nothing to do yet. {Reason}")]
    private partial void LogNothingYet(int round, string reason);

    [LoggerMessage(LogLevel.Information, "End of Federation reached. Exiting...")]
    private partial void LogFinished();

    [LoggerMessage(LogLevel.Warning, "The aggregator told this collaborator to stop: {Reason} Exiting...")]
    private partial void LogStopped(string reason);
}
