using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

using Orleans.Concurrency;

namespace Actors.Grains.Asynchronous;

/// <summary>One collaborator in an asynchronous experiment. Key: <c>federation/experiment/collaborator</c>.</summary>
[Alias("contributor")]
public interface IContributorGrain : IGrainWithStringKey
{
    /// <summary>The work of the turn that is under way, or of the next one: there always is some, unless the assigner gives none.</summary>
    [Alias("work")]
    Task<WorkAnswer> GetWorkAsync(CurrentRound current, CancellationToken cancellationToken);

    /// <summary>Accepts a result: persisted before the reply. Repeating it is answered <see cref="ReportOutcome.AlreadyAccepted"/>.</summary>
    /// <exception cref="TimeoutException">The version is being aggregated for long; the result is kept, and to be reported again.</exception>
    [Alias("report")]
    Task<ReportOutcome> ReportAsync(int turn, TaskReport report, CancellationToken cancellationToken);

    /// <summary>Whether a result would be taken.</summary>
    [Alias("standing")]
    Task<TaskStanding> StandingAsync(int turn, string task);

    /// <summary>The model that the newest turn started from; null before the first.</summary>
    [Alias("started-from"), AlwaysInterleave]
    Task<TensorBundle?> GetStartAsync();

    /// <summary>The newest turn's number; -1 before the first.</summary>
    [Alias("turn"), AlwaysInterleave]
    Task<int> GetTurnAsync();

    /// <summary>The contributions that no version has folded in yet, as they are persisted.</summary>
    [Alias("pending"), AlwaysInterleave]
    Task<IReadOnlyList<Contribution>> GetPendingAsync();

    /// <summary>Is told that contributions are folded in. Repeating it changes nothing.</summary>
    [Alias("folded"), AlwaysInterleave]
    Task FoldedAsync(IReadOnlyList<int> turns, CancellationToken cancellationToken);

    /// <summary>Is told that contributions are lost. Repeating it changes nothing.</summary>
    [Alias("drop"), AlwaysInterleave]
    Task DropAsync(IReadOnlyList<int> turns, CancellationToken cancellationToken);
}
