using Actors.Contracts.Identity;

using Orleans.Concurrency;

namespace Actors.Grains.Queue;

/// <summary>
/// The experiments of a long-lived federation, each with what its hosts say to it. Key: the federation's name. The first call lets go on
/// what ran when the last process ended.
/// </summary>
[Alias("queue")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Enters an experiment. Persisted before the reply; repeated it is answered <see cref="SubmitOutcome.Already"/>.</summary>
    [Alias("submit")]
    Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>A host is here, and what it says of itself; it counts as here for the lease. Writes nothing.</summary>
    [Alias("attend"), AlwaysInterleave]
    Task AttendAsync(CollaboratorName collaborator, AttendingHost host);

    /// <summary>A host's answer to an experiment; its last one counts. After the start it says that the host gave up, or tries again.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="digest">Which experiment of this name the answer is for.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it counts; not where the host is not asked, or it started without it, or is over.</returns>
    [Alias("answer")]
    Task<bool> AnswerAsync(string experiment, string digest, HostAnswer answer, CancellationToken cancellationToken);

    /// <summary>Where everything stands; answered also while the queue is at work.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<QueueReport> GetReportAsync();

    /// <summary>Ends an experiment before its time. Repeating it changes nothing.</summary>
    /// <returns>False when there is none of the name.</returns>
    [Alias("stop")]
    Task<bool> StopAsync(string experiment, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// An operator's pause: one that waits does not start, one that runs hands out no work and keeps its place. Persisted before the reply. Repeating
    /// it changes the reason at most.
    /// </summary>
    [Alias("pause")]
    Task<PauseOutcome> PauseAsync(string experiment, string reason, CancellationToken cancellationToken);

    /// <summary>An operator's word to go on, whatever paused it. Repeating it changes nothing.</summary>
    [Alias("resume")]
    Task<PauseOutcome> ResumeAsync(string experiment, CancellationToken cancellationToken);

    /// <summary>Removes an experiment that has ended, with its files.</summary>
    [Alias("remove")]
    Task<RemoveOutcome> RemoveAsync(string experiment, CancellationToken cancellationToken);

    /// <summary>Tells an observer of every change until five minutes after its last subscription: subscribe again before that.</summary>
    [Alias("subscribe")]
    Task SubscribeAsync(IQueueObserver observer);
}
