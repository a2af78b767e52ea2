using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Queue;

/// <summary>
/// Decides what a federation runs next. An experiment is ready once everybody who is asked has answered, or the time for answers is
/// over. It starts when the aggregator and every host that takes part have a place for it, all at once: no two experiments ever
/// wait for each other's hosts. Of those that could start, the oldest does. One that is paused after its start keeps its place. Knows nothing
/// of storage or grains.
/// </summary>
internal static class ExperimentQueue
{
    /// <summary>Enters a submission.</summary>
    /// <param name="state">The queue.</param>
    /// <param name="submission">What is submitted.</param>
    /// <param name="members">Who may take part.</param>
    /// <param name="now">The time.</param>
    /// <returns>What becomes of it, and when that is <see cref="SubmitOutcome.Queued"/>, the new experiment.</returns>
    public static (SubmitOutcome Outcome, QueuedExperiment? Experiment) Submit(
        QueueState state, Submission submission, IReadOnlyList<CollaboratorName> members, DateTimeOffset now)
    {
        if (state.Find(submission.Name) is { } other)
        {
            return (other.Submission.Digest == submission.Digest ? SubmitOutcome.Already : SubmitOutcome.NameTaken, null);
        }

        var asked = submission.Asked.Count == 0 ? members : [.. submission.Asked.Distinct().Order()];
        if (asked.Count == 0)
        {
            return (SubmitOutcome.NobodyToAsk, null);
        }

        if (asked.Any(name => !members.Contains(name)))
        {
            return (SubmitOutcome.UnknownCollaborator, null);
        }

        return (SubmitOutcome.Queued, new()
        {
            Number = state.NextNumber,
            Submission = submission with { Asked = asked },
            SubmittedAt = now,
        });
    }

    /// <summary>The experiment after a host's answer; null when the answer does not count: it is not asked, or it is too late.</summary>
    public static QueuedExperiment? Answer(QueuedExperiment experiment, HostAnswer answer)
    {
        if (!experiment.IsFor(answer.Collaborator))
        {
            return null;
        }

        // After the start nobody looks at it any more: a host gives up, or tries again.
        return experiment.Phase == QueuePhase.Waiting || answer.Kind != AnswerKind.Reviewing ? experiment.With(answer) : experiment;
    }

    /// <summary>The experiment after an operator's pause, or with null after his word to go on; null when it is over.</summary>
    public static QueuedExperiment? Pause(QueuedExperiment experiment, string? reason) =>
        experiment.Phase == QueuePhase.Ended ? null : experiment with { PauseReason = reason };

    /// <summary>The experiment that is to change next: started, or ended since nobody takes part. Null when all stays as it is.</summary>
    /// <param name="state">The queue.</param>
    /// <param name="hosts">The hosts that are here.</param>
    /// <param name="parallel">How many experiments may run side by side.</param>
    /// <param name="now">The time.</param>
    public static QueuedExperiment? Next(
        QueueState state, IReadOnlyDictionary<CollaboratorName, AttendingHost> hosts, int parallel, DateTimeOffset now)
    {
        foreach (var waiting in Waiting(state).Where(experiment => IsDecided(experiment, now)))
        {
            IReadOnlyList<CollaboratorName> participants = [.. AcceptedBy(waiting)];
            if (participants.Count == 0)
            {
                return waiting.End(Lifecycle.Failed, $"no host takes part in it{LastWords(waiting, waiting.Submission.Asked)}");
            }

            if (HasPlace(state, participants, hosts, parallel))
            {
                return waiting with { Phase = QueuePhase.Started, Participants = participants };
            }
        }

        return null;
    }

    /// <summary>
    /// Why one that runs cannot go on: every host in it has given up. Null while one has not, since a host that is merely away comes back; null, too,
    /// while an operator has it pause.
    /// </summary>
    public static string? GivenUp(QueuedExperiment experiment) =>
        experiment is { Phase: QueuePhase.Started, PauseReason: null }
        && experiment.Participants.All(name => experiment.AnswerOf(name) is AnswerKind.Failed or AnswerKind.Refused)
            ? $"every host in it has given up{LastWords(experiment, experiment.Participants)}"
            : null;

    /// <summary>When the time for answers is over of the experiment that comes first; null when none waits for that.</summary>
    public static DateTimeOffset? NextDeadline(QueueState state, DateTimeOffset now) => Waiting(state)
        .Where(experiment => DeadlineOf(experiment) > now)
        .Select(DeadlineOf)
        .Min();

    /// <summary>What an experiment waits for, for a person.</summary>
    public static string WaitsFor(
        QueuedExperiment experiment, IReadOnlyDictionary<CollaboratorName, AttendingHost> hosts, DateTimeOffset now) =>
        experiment.PauseReason is { } paused ? paused
        : !IsDecided(experiment, now) ? $"waits for the answer of {string.Join(", ", Silent(experiment))}"
        : AcceptedBy(experiment).Where(name => !hosts.ContainsKey(name)).ToList() is { Count: > 0 } away ? $"waits for the host of {string.Join(", ", away)}"
        : "waits for its turn";

    // What hosts said last; what several said in the same words stands there once.
    private static string LastWords(QueuedExperiment experiment, IReadOnlyList<CollaboratorName> names) => string.Concat(experiment.Answers
        .Where(answer => names.Contains(answer.Collaborator) && answer.Reason.Length > 0)
        .GroupBy(answer => answer.Reason, answer => answer.Collaborator)
        .Select((said, index) => $"{(index == 0 ? ": " : "; ")}{string.Join(", ", said.Order())}: {said.Key}"));

    // One that is paused is passed over; hosts may answer meanwhile.
    private static IEnumerable<QueuedExperiment> Waiting(QueueState state) =>
        state.Experiments.Where(experiment => experiment is { Phase: QueuePhase.Waiting, PauseReason: null });

    private static bool IsDecided(QueuedExperiment experiment, DateTimeOffset now) =>
        DeadlineOf(experiment) <= now || !Silent(experiment).Any();

    private static DateTimeOffset? DeadlineOf(QueuedExperiment experiment) => experiment.SubmittedAt + experiment.Submission.AnswerTime;

    private static IEnumerable<CollaboratorName> Silent(QueuedExperiment experiment) =>
        experiment.Submission.Asked.Where(name => experiment.AnswerOf(name) is AnswerKind.None or AnswerKind.Reviewing);

    private static IEnumerable<CollaboratorName> AcceptedBy(QueuedExperiment experiment) =>
        experiment.Submission.Asked.Where(name => experiment.AnswerOf(name) == AnswerKind.Accepted);

    private static bool HasPlace(
        QueueState state,
        IReadOnlyList<CollaboratorName> participants,
        IReadOnlyDictionary<CollaboratorName, AttendingHost> hosts,
        int parallel)
    {
        var running = state.Experiments.Where(experiment => experiment.Phase == QueuePhase.Started).ToList();
        return running.Count < parallel
            && participants.All(name => hosts.TryGetValue(name, out var host)
                && running.Count(experiment => experiment.Participants.Contains(name)) < host.Parallel);
    }
}
