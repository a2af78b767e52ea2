using Actors.Cli.Composition;

namespace Actors.Cli.Rehearsals;

/// <summary>Follows the rounds that a federation has closed, in the file that the aggregator writes.</summary>
internal sealed class RoundWatch(string metricsFile, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private int _closed;
    private long _lastChange = clock.GetTimestamp();

    /// <summary>How many rounds are closed.</summary>
    public int Closed => Volatile.Read(ref _closed);

    /// <summary>How long no round has closed.</summary>
    public TimeSpan Stillness => clock.GetElapsedTime(Volatile.Read(ref _lastChange));

    /// <summary>Looks until the token ends.</summary>
    /// <param name="closed">Is told of every round.</param>
    /// <param name="done">Ends the watch.</param>
    public async Task FollowAsync(Action<RoundLine> closed, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            foreach (var round in RoundLine.ReadAll(metricsFile).Skip(_closed))
            {
                Volatile.Write(ref _closed, _closed + 1);
                Volatile.Write(ref _lastChange, clock.GetTimestamp());
                closed(round);
            }

            await Task.Delay(Look, clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until a condition holds; it is looked at whenever rounds are.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            await Task.Delay(Look, clock, cancellationToken);
        }
    }
}
