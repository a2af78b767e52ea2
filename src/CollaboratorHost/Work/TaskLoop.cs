using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Identity;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>A collaborator's life: join, then ask for tasks and do them until the aggregator says stop.</summary>
internal sealed partial class TaskLoop(
    CollaboratorOptions options,
    GatewayClient gateway,
    RoundWorker worker,
    Heartbeats heartbeats,
    ILogger<TaskLoop> logger)
{
    private static readonly string Version = typeof(TaskLoop).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Works until the aggregator says stop or does not let this collaborator in.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reply = await gateway.JoinAsync(
            new() { PlanHash = options.PlanHash, Plan = options.Plan, WorkspaceHash = options.WorkspaceHash, Version = Version, Experiment = options.Experiment },
            cancellationToken);
        if (reply.OutcomeCase is not Wire.JoinReply.OutcomeOneofCase.Accepted)
        {
            var refused = reply.Refused ?? new();
            LogJoinRefused(
                refused.Message, options.PlanHash, refused.PlanHash, options.WorkspaceHash, refused.WorkspaceHash,
                refused.FirstDifference is { Length: > 0 } difference ? difference : "none");
            return ExitCodes.JoinRefused;
        }

        LogJoined(reply.Accepted.Experiment, options.Collaborator, reply.Accepted.Version);
        return await WorkAsync(reply.Accepted, cancellationToken);
    }

    private async Task<int> WorkAsync(Wire.JoinAccepted joined, CancellationToken cancellationToken)
    {
        var hold = TimeSpan.FromSeconds(joined.HoldSeconds);
        var idle = gateway.NewBackoff();
        var told = false;
        while (true)
        {
            if (!told)
            {
                LogWaiting();
            }

            var reply = await gateway.GetTasksAsync(joined.Experiment, hold, cancellationToken);
            told = false;
            switch (reply.AnswerCase)
            {
                case Wire.GetTasksReply.AnswerOneofCase.Work:
                    LogReceived(reply.Work.Round, options.Collaborator, string.Join(", ", reply.Work.Tasks));
                    if (await DoAsync(joined, reply.Work, cancellationToken) is WorkOutcome.Idle)
                    {
                        await idle.DelayAsync(cancellationToken);
                    }
                    else
                    {
                        idle.Reset();
                    }

                    break;
                case Wire.GetTasksReply.AnswerOneofCase.Wait:
                    LogNothingYet(reply.Wait.Round, reply.Wait.Reason);
                    told = true;
                    break;
                case Wire.GetTasksReply.AnswerOneofCase.Stop:
                    return Leave(reply.Stop);
                default:
                    // A newer aggregator's answer: perhaps it says something else in a while.
                    await idle.DelayAsync(cancellationToken);
                    break;
            }
        }
    }

    private async Task<WorkOutcome> DoAsync(Wire.JoinAccepted joined, Wire.Work work, CancellationToken cancellationToken)
    {
        await using var pulse = heartbeats.Start(joined, work.Round, cancellationToken);
        try
        {
            return await worker.DoAsync(ExperimentId.Parse(joined.Experiment), work, pulse.Work);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && pulse.Work.IsCancellationRequested)
        {
            return WorkOutcome.Progress;
        }
    }

    private int Leave(Wire.Stop stop)
    {
        if (stop.Finished)
        {
            worker.Forget();
            LogFinished();
        }
        else
        {
            LogStopped(stop.Reason);
        }

        return ExitCodes.Ended;
    }
}
