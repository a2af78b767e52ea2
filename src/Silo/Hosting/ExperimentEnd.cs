using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Silo.Gateway;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Hosting;

/// <summary>
/// Ends the process after the experiment: once every collaborator that is present has been told, or after the grace time. One
/// that vanished does not keep the process alive.
/// </summary>
internal sealed partial class ExperimentEnd(
    IGrainFactory grains,
    AggregatorOptions options,
    WaitingCalls waiting,
    Farewells farewells,
    ExperimentEnding ending,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<ExperimentEnd> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await EndOfExperimentAsync(stoppingToken);
            var ended = clock.GetTimestamp();
            while (clock.GetElapsedTime(ended) < options.Grace && await SomebodyWaitsAsync())
            {
                await Task.Delay(Look, clock, stoppingToken);
            }

            LogGoodbye(logger);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // The process is stopped from outside; the experiment goes on when it is started again.
        }
    }

    private async Task EndOfExperimentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = waiting.NextChange(options.Experiment);
            if (await LifecycleAsync() is { } lifecycle)
            {
                ending.Lifecycle = lifecycle;
                if (lifecycle.HasEnded())
                {
                    return;
                }

                await change.WaitAsync(cancellationToken);
            }
            else
            {
                await Task.Delay(AfterTrouble, clock, cancellationToken);
            }
        }
    }

    private Task<Lifecycle?> LifecycleAsync() => TryAskAsync(async () =>
        (Lifecycle?)(await grains.GetExperiment(options.Experiment).GetCurrentAsync()).Lifecycle);

    private async Task<bool> SomebodyWaitsAsync()
    {
        foreach (var name in options.Members.Where(name => !farewells.WasTold(name)))
        {
            if (await IsPresentAsync(name))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsPresentAsync(CollaboratorName name) => await TryAskAsync(async () =>
        (bool?)(await grains.GetCollaborator(new CollaboratorId(options.Experiment.Federation, name)).GetPresenceAsync()).IsPresent) ?? true;

    // Null while the grain does not answer, as when the machine stood still for a while: no reason to end anything.
    private async Task<T?> TryAskAsync<T>(Func<Task<T?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            LogNoAnswer(logger, problem);
            return default;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The experiment's state cannot be read now; trying again")]
    private static partial void LogNoAnswer(ILogger logger, Exception problem);

    [LoggerMessage(LogLevel.Information, "End of the federation reached; the aggregator exits")]
    private static partial void LogGoodbye(ILogger logger);
}
