using Actors.Silo.Transport;

using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>Collects what is garbage when the silo has become quiet, and gives the memory back to the system.</summary>
internal sealed class QuietCollection(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly Quiet _quiet = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (_quiet.IsTimeToCollect(GC.GetTotalAllocatedBytes()))
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    NativeHeap.Trim();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }
}
