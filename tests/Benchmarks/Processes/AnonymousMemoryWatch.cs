namespace Actors.Benchmarks.Processes;

/// <summary>Looks every few milliseconds how much anonymous memory a process has, and keeps the peak.</summary>
internal sealed class AnonymousMemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private long _peak;

    public AnonymousMemoryWatch(int process) => _watching = Task.Run(() => WatchAsync(process));

    /// <summary>The most bytes seen.</summary>
    public long PeakBytes => Volatile.Read(ref _peak);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(int process)
    {
        while (!_end.IsCancellationRequested)
        {
            _peak = Math.Max(_peak, ProcessFigures.Bytes(process, "RssAnon"));
            await Task.Delay(Period, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
