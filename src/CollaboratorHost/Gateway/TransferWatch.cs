using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>Ends a call that moves tensor bytes when none has moved for a while; one that moves may take as long as it needs.</summary>
internal sealed class TransferWatch : IDisposable
{
    // The slowest disk that an aggregator is expected to read an update's beginning from before it takes the rest.
    private const long BytesPerSecond = 20_000_000;
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <summary>Begins to watch.</summary>
    /// <param name="bytes">How many bytes the aggregator may have to read before it goes on.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends the call for the caller's own reasons.</param>
    public TransferWatch(long bytes, TimeProvider clock, CancellationToken cancellationToken)
    {
        _patience = PatienceFor(bytes);
        _timer = new(_patience, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    /// <summary>Ends the call when nothing moves, or for the caller's own reasons.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the watch has ended the call.</summary>
    public bool HasStalled => _timer.IsCancellationRequested;

    /// <summary>What the call came to.</summary>
    public RpcException Stalled => new(new(StatusCode.DeadlineExceeded, $"No byte has moved for {_patience.TotalSeconds:0} s."));

    /// <summary>How long the aggregator may be silent when it has to read as many bytes.</summary>
    public static TimeSpan PatienceFor(long bytes) => Still + TimeSpan.FromSeconds(bytes / BytesPerSecond);

    /// <summary>Bytes have moved.</summary>
    public void Moved() => _timer.CancelAfter(_patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
