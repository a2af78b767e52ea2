using Actors.Contracts.Identity;

using Orleans.Concurrency;

namespace Actors.Grains.Collaborators;

/// <summary>One collaborator's life in a federation. Key: <c>federation/collaborator</c>.</summary>
[Alias("collaborator")]
public interface ICollaboratorGrain : IGrainWithStringKey
{
    /// <summary>What the collaborator has to do now. Renews its lease; writes nothing.</summary>
    [Alias("work")]
    Task<WorkAnswer> GetWorkAsync(ExperimentId experiment, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts a result: persisted before the reply. Repeating it is answered <see cref="ReportOutcome.AlreadyAccepted"/>.
    /// Renews the lease.
    /// </summary>
    /// <exception cref="Exception">The store refuses the write; nothing is accepted.</exception>
    [Alias("report")]
    Task<ReportOutcome> ReportAsync(RoundId round, TaskReport report, CancellationToken cancellationToken);

    /// <summary>The accepted results of a round. Only what is persisted is seen, so it may be asked in the middle of a report.</summary>
    [Alias("accepted"), AlwaysInterleave]
    Task<IReadOnlyList<AcceptedResult>> GetAcceptedAsync(RoundId round);

    /// <summary>Takes back what was accepted of a round: its update is gone from the store. Repeating it changes nothing.</summary>
    [Alias("forget"), AlwaysInterleave]
    Task ForgetAsync(RoundId round, CancellationToken cancellationToken);

    /// <summary>Renews the lease.</summary>
    [Alias("renew"), AlwaysInterleave]
    Task RenewAsync();

    /// <summary>Whether the collaborator is there, and since when.</summary>
    [Alias("presence"), AlwaysInterleave]
    Task<Presence> GetPresenceAsync();
}
