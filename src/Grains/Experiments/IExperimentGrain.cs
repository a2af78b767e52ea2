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

    /// <summary>Starts a created experiment or wakes a running one: its round is opened, what a crash broke off goes on.</summary>
    [Alias("resume")]
    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>What was agreed; null when it was never created.</summary>
    [Alias("definition")]
    Task<ExperimentDefinition?> GetDefinitionAsync();

    /// <summary>Where the experiment is, as it was last announced; answered also while the experiment is at work.</summary>
    [Alias("current"), AlwaysInterleave]
    Task<CurrentRound> GetCurrentAsync();

    /// <summary>Takes a round's result: the next round is opened, or the experiment ends. Repeating it changes nothing.</summary>
    [Alias("round-completed")]
    Task RoundCompletedAsync(RoundResult result, CancellationToken cancellationToken);

    /// <summary>Everything for a person.</summary>
    [Alias("status")]
    Task<ExperimentState> GetStateAsync();

    /// <summary>Ends the experiment before its time; the newest model stays. Repeating it changes nothing.</summary>
    [Alias("stop")]
    Task StopAsync(string reason, CancellationToken cancellationToken);

    /// <summary>Tells an observer of every change until five minutes after its last subscription: subscribe again before that.</summary>
    [Alias("subscribe")]
    Task SubscribeAsync(IExperimentObserver observer);
}
