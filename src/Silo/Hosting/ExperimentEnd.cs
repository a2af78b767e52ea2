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
            var current = await grains.GetExperiment(options.Experiment).GetCurrentAsync();
            ending.Lifecycle = current.Lifecycle;
            if (current.Lifecycle.HasEnded())
            {
                return;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private async Task<bool> SomebodyWaitsAsync()
    {
        foreach (var name in options.Members.Where(name => !farewells.WasTold(name)))
        {
            var presence = await grains.GetCollaborator(new CollaboratorId(options.Experiment.Federation, name)).GetPresenceAsync();
            if (presence.IsPresent)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Information, "End of the federation reached; the aggregator exits")]
    private static partial void LogGoodbye(ILogger logger);
}
