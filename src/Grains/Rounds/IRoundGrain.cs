using Actors.Contracts.Identity;
using Actors.Grains.Tasks;

using Orleans.Concurrency;

namespace Actors.Grains.Rounds;

/// <summary>One round of an experiment. Key: <c>federation/experiment/round</c>.</summary>
[Alias("round")]
public interface IRoundGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens the round. Opening it again changes nothing. Any call wakes a round that is open: deadlines are armed and a closing
    /// that a crash broke off goes on.
    /// </summary>
    [Alias("open")]
    Task OpenAsync(RoundOpening opening, CancellationToken cancellationToken);

    /// <summary>
    /// The tasks that a collaborator has not reported, in order; empty when it has none or the round is closed. The first
    /// handing-out of a round starts the clock of its deadlines.
    /// </summary>
    [Alias("hand-out")]
    Task<IReadOnlyList<string>> HandOutAsync(CollaboratorName collaborator, CancellationToken cancellationToken);

    /// <summary>Whether a result would be taken.</summary>
    [Alias("standing")]
    Task<TaskStanding> StandingAsync(CollaboratorName collaborator, string task);

    /// <summary>Enters an accepted result. Repeating it changes nothing. False when the round is closed without it, or over.</summary>
    [Alias("reported")]
    Task<bool> ReportedAsync(CollaboratorName collaborator, string task, DateTimeOffset acceptedAt);

    /// <summary>Takes what a task came to. Repeating it changes nothing, nor does an outcome of others than those that count.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="counted">Whose results it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("task-completed")]
    Task TaskCompletedAsync(TaskOutcome outcome, IReadOnlyList<CollaboratorName> counted, CancellationToken cancellationToken);

    /// <summary>
    /// Is told that accepted updates are gone from the store, as with a disk. The round opens again and asks their collaborators,
    /// who keep their results until a round is closed. Repeating it changes nothing.
    /// </summary>
    [Alias("updates-lost")]
    Task UpdatesLostAsync(IReadOnlyList<CollaboratorName> collaborators, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the round without a result: its experiment has ended or gone on. One way, since the round may be telling its
    /// experiment something just now. Repeating it changes nothing.
    /// </summary>
    [Alias("drop"), OneWay]
    Task DropAsync(CancellationToken cancellationToken);

    /// <summary>How far the round is.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<RoundStatus> GetStatusAsync();
}
