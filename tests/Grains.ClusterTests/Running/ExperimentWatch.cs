using System.Collections.Concurrent;
using System.Threading.Channels;

using Actors.Grains.Experiments;

namespace Actors.Grains.Running.Tests;

/// <summary>Notes what an experiment announces and wakes whoever waits for it.</summary>
internal sealed class ExperimentWatch : IExperimentObserver
{
    private readonly ConcurrentQueue<CurrentRound> _seen = new();
    private readonly Channel<CurrentRound> _changed = Channel.CreateUnbounded<CurrentRound>();

    public IReadOnlyList<CurrentRound> Seen => [.. _seen];

    public Task ChangedAsync(CurrentRound current)
    {
        _seen.Enqueue(current);
        _changed.Writer.TryWrite(current);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the next announcement, or for a while: announcements may be lost with the activation that held the subscription.</summary>
    public async Task WaitAsync(TimeSpan atMost)
    {
        using var bound = new CancellationTokenSource(atMost);
        try
        {
            await _changed.Reader.ReadAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing was announced; the caller asks.
        }
    }
}
