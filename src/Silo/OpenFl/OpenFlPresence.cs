using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.OpenFl;

/// <summary>
/// Keeps the leases of collaborators that are at work: the original's send nothing while they train, however long it takes, and
/// would count as gone. One that vanished so counts as present until its round closes; in the next it has not asked for tasks.
/// </summary>
internal sealed partial class OpenFlPresence(
    IGrainFactory grains, AggregatorOptions options, TimeProvider clock, ILogger<OpenFlPresence> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<CollaboratorName, int> _atWork = new();

    /// <summary>Notes what a collaborator was told to do.</summary>
    public void Told(CollaboratorName name, WorkAnswer answer)
    {
        if (answer.Kind == WorkKind.Work)
        {
            _atWork[name] = answer.Round;
        }
        else
        {
            _atWork.TryRemove(name, out _);
        }
    }

    /// <summary>Notes that a collaborator ends, since its result is not taken: its lease runs out.</summary>
    public void Ends(CollaboratorName name) => _atWork.TryRemove(name, out _);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RenewAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            var round = _atWork.IsEmpty ? 0 : (await grains.GetExperiment(options.Experiment).GetCurrentAsync()).Round;
            foreach (var (name, at) in _atWork)
            {
                if (at == round)
                {
                    await grains.GetCollaborator(new CollaboratorId(options.Experiment.Federation, name)).RenewAsync();
                }
                else
                {
                    _atWork.TryRemove(name, out _);
                }
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The body of a loop: the next turn may do better.
            LogFailed(logger, problem);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not renew the leases of collaborators at work; trying again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
