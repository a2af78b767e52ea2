using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>
/// Holds calls for work until their experiment changes. All calls of an experiment wait for one signal, which one message of its
/// grain releases: nobody asks again and again. An experiment that nobody waits for is forgotten.
/// </summary>
internal sealed partial class WaitingCalls(IGrainFactory grains, TimeProvider clock, ILogger<WaitingCalls> logger) : BackgroundService
{
    // Well within the five minutes after which the experiment forgets an observer, and the longest that a change of which the
    // message was lost stays unseen.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<ExperimentId, Followed> _followed = [];
    private readonly ChangeSignal _added = new();

    /// <summary>Completes at the experiment's next change. Take it before looking at the state, or a change in between goes unseen.</summary>
    public Task NextChange(ExperimentId experiment)
    {
        if (!_followed.TryGetValue(experiment, out var followed))
        {
            followed = _followed.GetOrAdd(experiment, _ => new());
            _added.Release();
        }

        followed.IsWanted = true;
        return followed.Signal.Next;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = _added.Next;
            foreach (var (experiment, followed) in _followed)
            {
                await FollowAsync(experiment, followed);
            }

            await Task.WhenAny(added, Task.Delay(Renewal, clock, stoppingToken));
        }
    }

    private async Task FollowAsync(ExperimentId experiment, Followed followed)
    {
        if (followed.Observer is not null && clock.GetElapsedTime(followed.Since) < Renewal / 2)
        {
            return;
        }

        if (!followed.IsWanted)
        {
            _followed.TryRemove(experiment, out _);
            followed.Signal.Close();
            return;
        }

        try
        {
            followed.Observer ??= grains.CreateObjectReference<IExperimentObserver>(followed);
            followed.Since = clock.GetTimestamp();
            await grains.GetExperiment(experiment).SubscribeAsync(followed.Observer);
        }
        catch (Exception problem)
        {
            // Without a subscription calls are still answered, only later.
            LogSubscriptionFailed(logger, problem);
        }

        // Whoever still wants it asks again within the next renewal.
        followed.IsWanted = false;
        followed.Signal.Release();
    }

    [LoggerMessage(LogLevel.Warning, "Could not subscribe to the experiment; trying again")]
    private static partial void LogSubscriptionFailed(ILogger logger, Exception problem);

    private sealed class Followed : IExperimentObserver
    {
        public ChangeSignal Signal { get; } = new();

        public volatile bool IsWanted;

        // Kept: the runtime holds on to an observer by this reference only.
        public IExperimentObserver? Observer { get; set; }

        public long Since { get; set; }

        public Task ChangedAsync(CurrentRound current)
        {
            Signal.Release();
            return Task.CompletedTask;
        }
    }
}
