namespace Actors.Silo.Gateway;

/// <summary>Something that calls wait for, again and again. Safe for use by many threads.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();
    private volatile bool _closed;

    /// <summary>Completes at the next change. Take it before looking at the state, or a change in between goes unseen.</summary>
    public Task Next
    {
        get
        {
            var next = Volatile.Read(ref _next).Task;
            return _closed ? Task.CompletedTask : next;
        }
    }

    /// <summary>There is a change: whoever waits goes on.</summary>
    public void Release() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Nobody tells of changes any more: whoever waits goes on, and nobody waits from now on.</summary>
    public void Close()
    {
        _closed = true;
        Release();
    }

    /// <summary>Waits for a change that was taken before, and no longer than a while.</summary>
    /// <exception cref="OperationCanceledException">The token ended the waiting.</exception>
    public static async Task WaitAsync(Task change, TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Leaves no timer behind when the change comes first, as a delay would: thousands of calls wait at once, again and again.
        await change.WaitAsync(longest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
