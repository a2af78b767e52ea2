using Actors.Contracts.Identity;
using Actors.Grains.Rounds;

using Orleans.Concurrency;

namespace Actors.Grains.Experiments;

/// <summary>One experiment. Key: <c>federation/experiment</c>.</summary>
[Alias("experiment")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Creates the experiment. Repeating it with the same plan and code changes nothing.</summary>
    /// <exception cref="FederationException">It exists with another plan or other code.</exception>
    [Alias("create")]
    Task CreateAsync(ExperimentDefinition definition, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a created experiment or wakes one: its round is opened, what a crash broke off goes on. A paused one stays paused.
    /// </summary>
    [Alias("start")]
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>An operator's pause: no work is handed out until it is resumed. Results that come are taken; a round may close.</summary>
    /// <returns>Where it is then: one that has ended cannot be paused.</returns>
    [Alias("pause")]
    Task<CurrentRound> PauseAsync(string reason, CancellationToken cancellationToken);

    /// <summary>An operator's word to go on.</summary>
    /// <returns>Where it is then: one that has ended cannot go on.</returns>
    [Alias("resume")]
    Task<CurrentRound> ResumeAsync(CancellationToken cancellationToken);

    /// <summary>Ends the experiment before its time; the newest model stays. Repeating it changes nothing.</summary>
    /// <returns>Where it is then.</returns>
    [Alias("stop")]
    Task<CurrentRound> StopAsync(string reason, CancellationToken cancellationToken);

    /// <summary>Ends the experiment because it cannot go on, whatever is tried; the newest model stays. Repeating it changes nothing.</summary>
    [Alias("fail")]
    Task FailAsync(string reason, CancellationToken cancellationToken);

    /// <summary>What was agreed; null when it was never created.</summary>
    [Alias("definition"), AlwaysInterleave]
    Task<ExperimentDefinition?> GetDefinitionAsync();

    /// <summary>Where the experiment is, as it was last announced; answered also while the experiment is at work.</summary>
    [Alias("current"), AlwaysInterleave]
    Task<CurrentRound> GetCurrentAsync();

    /// <summary>Takes a round's result: the next round is opened, or the experiment ends. Repeating it changes nothing.</summary>
    [Alias("round-completed")]
    Task RoundCompletedAsync(RoundResult result, CancellationToken cancellationToken);

    /// <summary>Is told why a round cannot close, or with null that it can again.</summary>
    [Alias("round-stuck")]
    Task RoundStuckAsync(int round, string? reason, CancellationToken cancellationToken);

    /// <summary>Is told that there is work in a round for who had none: whoever waits is to ask again.</summary>
    [Alias("round-changed"), OneWay]
    Task RoundChangedAsync(int round);

    /// <summary>Whether the round that was closed last counted a collaborator's results; false for any other round.</summary>
    [Alias("has-counted"), AlwaysInterleave]
    Task<bool> HasCountedAsync(int round, CollaboratorName collaborator);

    /// <summary>Everything for a person.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<ExperimentState> GetStateAsync();

    /// <summary>Tells an observer of every change until five minutes after its last subscription: subscribe again before that.</summary>
    [Alias("subscribe")]
    Task SubscribeAsync(IExperimentObserver observer);
}
