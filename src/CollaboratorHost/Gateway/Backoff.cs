namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// How long to wait between attempts: a random time between nothing and a ceiling that doubles with every failure (full jitter),
/// so that collaborators that lost the same gateway do not come back together. For one sequence of attempts at a time.
/// </summary>
/// <param name="start">The first ceiling.</param>
/// <param name="cap">The highest ceiling.</param>
/// <param name="random">Gives a number from 0 up to, not including, 1.</param>
/// <param name="clock">The clock that waits.</param>
public sealed class Backoff(TimeSpan start, TimeSpan cap, Func<double> random, TimeProvider clock)
{
    // 2^30 times the shortest useful start is longer than any cap; beyond it a double would only lose digits.
    private const int MostDoublings = 30;

    private int _failures;

    /// <summary>The wait before the next attempt; each call counts as one more failure.</summary>
    public TimeSpan Next()
    {
        var ceiling = start * Math.Pow(2, Math.Min(_failures++, MostDoublings));
        return (ceiling < cap ? ceiling : cap) * random();
    }

    /// <summary>Begins again at the first ceiling: something went well.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Waits for <see cref="Next"/>.</summary>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public Task DelayAsync(CancellationToken cancellationToken) => Task.Delay(Next(), clock, cancellationToken);
}
