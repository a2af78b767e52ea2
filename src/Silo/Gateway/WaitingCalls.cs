using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Gateway;

/// <summary>
/// Holds calls for work until the experiment changes. All calls wait for one signal, which one message of the experiment's
/// grain releases: nobody asks again and again.
/// </summary>
internal sealed partial class WaitingCalls(
    IGrainFactory grains, ExperimentId experiment, TimeProvider clock, ILogger<WaitingCalls> logger)
    : BackgroundService, IExperimentObserver
{
    // Well within the five minutes after which the experiment forgets an observer, and the longest that a change of which the
    // message was lost stays unseen.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private TaskCompletionSource _change = New();

    /// <summary>Completes at the next change. Take it before looking at the state, or a change in between goes unseen.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    /// <inheritdoc/>
    public Task ChangedAsync(CurrentRound current)
    {
        Release();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var self = grains.CreateObjectReference<IExperimentObserver>(this);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetExperiment(experiment).SubscribeAsync(self);
                Release();
            }
            catch (Exception problem)
            {
                // The end of a loop: without a subscription calls are still answered, only later.
                LogSubscriptionFailed(logger, problem);
            }

            await Task.Delay(Renewal, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Release() => Interlocked.Exchange(ref _change, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Could not subscribe to the experiment; trying again")]
    private static partial void LogSubscriptionFailed(ILogger logger, Exception problem);
}
