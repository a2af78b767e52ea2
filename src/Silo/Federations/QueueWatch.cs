using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Gateway;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Federations;

/// <summary>Knows when something in the queue has changed: one message of its grain releases all calls that wait for that.</summary>
internal sealed partial class QueueWatch(
    IGrainFactory grains, FederationServerOptions options, TimeProvider clock, ILogger<QueueWatch> logger) : BackgroundService, IQueueObserver
{
    // Well within the five minutes after which the queue forgets an observer.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    private readonly ChangeSignal _signal = new();

    /// <summary>Completes at the next change. Take it before looking at the queue, or a change in between goes unseen.</summary>
    public Task NextChange => _signal.Next;

    /// <inheritdoc/>
    public Task ChangedAsync()
    {
        _signal.Release();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var self = grains.CreateObjectReference<IQueueObserver>(this);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetQueue(options.Federation).SubscribeAsync(self);
                _signal.Release();
            }
            catch (Exception problem)
            {
                // The end of a loop: without a subscription calls are still answered, only later.
                LogSubscriptionFailed(logger, problem);
            }

            await Task.Delay(Renewal, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not subscribe to the queue; trying again")]
    private static partial void LogSubscriptionFailed(ILogger logger, Exception problem);
}
