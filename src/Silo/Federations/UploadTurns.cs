namespace Actors.Silo.Federations;

/// <summary>
/// Who may write a submission's files: whoever came last. An upload whose connection broke may not have noticed yet; it is ended before another goes
/// on where it was.
/// </summary>
internal sealed class UploadTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turn> _turns = [];

    /// <summary>Ends whoever has the turn, and takes it; disposing gives it back.</summary>
    /// <param name="digest">The submission.</param>
    /// <param name="cancellationToken">Ends the turn, too.</param>
    public async Task<Turn> TakeAsync(string digest, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, digest, cancellationToken);
        Turn? before;
        lock (_lock)
        {
            before = _turns.GetValueOrDefault(digest);
            _turns[digest] = turn;
        }

        try
        {
            await (before?.EndAsync() ?? Task.CompletedTask).WaitAsync(turn.Token);
            return turn;
        }
        catch
        {
            // Whoever comes next still has to wait for the one before.
            turn.DisposeAfter(before);
            throw;
        }
    }

    /// <summary>The right to write until the token ends.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly UploadTurns _turns;
        private readonly string _digest;
        private readonly CancellationTokenSource _over;
        private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Turn(UploadTurns turns, string digest, CancellationToken cancellationToken)
        {
            (_turns, _digest) = (turns, digest);
            _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Token = _over.Token;
        }

        /// <summary>Ends with the turn.</summary>
        public CancellationToken Token { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_turns._lock)
            {
                if (_turns._turns.GetValueOrDefault(_digest) == this)
                {
                    _turns._turns.Remove(_digest);
                }

                _over.Dispose();
            }

            _given.TrySetResult();
        }

        internal Task EndAsync()
        {
            lock (_turns._lock)
            {
                if (!_given.Task.IsCompleted)
                {
                    _over.Cancel();
                }
            }

            return _given.Task;
        }

        internal void DisposeAfter(Turn? before) => _ = (before?._given.Task ?? Task.CompletedTask).ContinueWith(
            _ => Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
