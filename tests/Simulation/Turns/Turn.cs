using Actors.Simulation.Machines;

namespace Actors.Simulation.Turns;

/// <summary>
/// A method that waits in between: an iterator that yields what it waits for. Between two waits nothing else happens, as in an
/// asynchronous method on a scheduler with one thread.
/// </summary>
internal sealed class Turn(Process process, IEnumerator<Wait> body, Action<Failure?>? ended = null)
{
    private readonly Stack<(IEnumerator<Wait> Body, Part? Part)> _frames = new([(body, null)]);
    private bool _isAbandoned;

    /// <summary>Runs until it waits or ends.</summary>
    public void Run() => Go(null);

    /// <summary>Never goes on; what it waits for may still happen.</summary>
    public void Abandon() => _isAbandoned = true;

    private void Go(Failure? failure)
    {
        if (_isAbandoned || !process.IsAlive)
        {
            return;
        }

        while (true)
        {
            if (failure is not null || Next(ref failure) is not { } wait)
            {
                var (ended, part) = _frames.Pop();
                ended.Dispose();
                if (part is null)
                {
                    End(failure);
                    return;
                }

                part.End(failure);
                failure = part.IsCaught ? null : failure;
            }
            else if (wait is Part inner)
            {
                _frames.Push((inner.Body, inner));
            }
            else if (wait.IsDone)
            {
                failure = wait.IsCaught ? null : wait.Failure;
            }
            else
            {
                wait.Then(() => Go(wait.IsCaught ? null : wait.Failure));
                return;
            }
        }
    }

    private Wait? Next(ref Failure? failure)
    {
        try
        {
            var frame = _frames.Peek().Body;
            return frame.MoveNext() ? frame.Current : null;
        }
        catch (FailureException problem)
        {
            failure = problem.Failure;
            return null;
        }
    }

    private void End(Failure? failure) => ended?.Invoke(failure);
}
