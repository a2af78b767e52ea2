using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Operations;

using Google.Protobuf.WellKnownTypes;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Federations;

/// <summary>Gathers where the experiments of a federation stand. One that waits or is over is left asleep unless it is asked for by name.</summary>
internal sealed class ExperimentReports(IGrainFactory grains, FederationServerOptions options, StatusReader status)
{
    /// <summary>All, oldest first.</summary>
    public async Task<IReadOnlyList<Wire.ExperimentReport>> ListAsync()
    {
        var queue = await grains.GetQueue(options.Federation).GetReportAsync();
        return await Task.WhenAll(queue.Experiments.Select(async experiment => Describe(
            experiment,
            queue,
            experiment.Phase == QueuePhase.Started ? await status.ReadAsync(experiment.IdIn(options.Federation), []) : null)));
    }

    /// <summary>One, with its collaborators; null when there is none of the name.</summary>
    public async Task<Wire.ExperimentReport?> FindAsync(string name)
    {
        var queue = await grains.GetQueue(options.Federation).GetReportAsync();
        return queue.Find(name) is { } experiment
            ? Describe(
                experiment,
                queue,
                experiment.Participants.Count > 0 ? await status.ReadAsync(experiment.IdIn(options.Federation), experiment.Participants) : null)
            : null;
    }

    private static Wire.ExperimentReport Describe(QueuedExperiment experiment, QueueReport queue, Wire.ExperimentStatus? status)
    {
        var (state, reason) = experiment.Phase switch
        {
            QueuePhase.Waiting when experiment.PauseReason is { } paused => ("paused", paused),
            QueuePhase.Waiting => ("waiting", queue.WaitsFor.GetValueOrDefault(experiment.Name, "")),
            QueuePhase.Started when status is { Lifecycle: not ("unknown" or "created") } => (status.Lifecycle, status.Reason),
            QueuePhase.Started => ("running", "it is being started"),
            _ => (StatusReader.Name(experiment.Ending), experiment.Reason),
        };
        var report = new Wire.ExperimentReport
        {
            Name = experiment.Name,
            Author = experiment.Submission.Author,
            Submitter = experiment.Submission.Submitter,
            SubmittedAt = experiment.SubmittedAt.ToTimestamp(),
            State = state,
            Reason = reason,
            Status = status,
        };
        report.Hosts.AddRange(experiment.Submission.Asked.Select(name => HostOf(experiment, name)));
        return report;
    }

    private static Wire.HostReport HostOf(QueuedExperiment experiment, CollaboratorName name) => new()
    {
        Collaborator = name.Value,
        Answer = (Wire.HostAnswer)experiment.AnswerOf(name),
        Reason = experiment.Answers.FirstOrDefault(answer => answer.Collaborator == name)?.Reason ?? "",
    };
}
