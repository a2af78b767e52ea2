using Actors.Simulation.Faults;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>
/// A grain's activation: one request after another, those that interleave beside them, timers in between. Mirrors what Orleans
/// does for a grain that is not reentrant.
/// </summary>
internal abstract class Door(SiloProcess silo)
{
    private readonly Queue<Request> _requests = [];
    private readonly List<DoorTimer> _timers = [];
    private Action _gone = null!;
    private Action<Request> _reroute = null!;
    private bool _isActive;
    private bool _isEnding;
    private bool _isGone;
    private bool _isBusy = true;
    private int _interleaved;

    protected SiloProcess Silo { get; } = silo;

    /// <summary>Whether an idle one may be deactivated: Orleans collects what has no business for a quarter of an hour.</summary>
    protected virtual bool MayBeCollected => false;

    public void Begin(Action gone, Action<Request> reroute)
    {
        (_gone, _reroute) = (gone, reroute);
        new Turn(Silo, ActivateAsync(), failure =>
        {
            (_isActive, _isBusy) = (failure is null, false);
            if (failure is { } problem)
            {
                FailAll(problem);
                return;
            }

            StartInterleaving();
            Next();
        }).Run();
    }

    public void Receive(Request request)
    {
        if (_isGone)
        {
            _reroute(request);
        }
        else if (_isActive && !_isEnding && request.Interleaves)
        {
            Start(request);
        }
        else
        {
            _requests.Enqueue(request);
            Next();
        }
    }

    /// <summary>Ends the activation once it is idle; waiting requests go to the next one.</summary>
    public void DeactivateOnIdle() => _isEnding = true;

    protected abstract IEnumerator<Wait> ActivateAsync();

    /// <summary>The state is not known: a write failed, and reading it back.</summary>
    protected void Unread()
    {
        if (Silo.World.Mutation != Mutation.GoOnUnread)
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>The grain's state.</summary>
    protected GrainStorage<T> Storage<T>(string key)
        where T : class, new() => new(Silo.World, Silo, key, Unread);

    internal DoorTimer StartTimer(TimeSpan due, TimeSpan? period, Func<DoorTimer, IEnumerator<Wait>> callback)
    {
        var timer = new DoorTimer();
        _timers.Add(timer);
        Arm(timer, due, period, callback);
        return timer;
    }

    private void Arm(DoorTimer timer, TimeSpan due, TimeSpan? period, Func<DoorTimer, IEnumerator<Wait>> callback) => Silo.In(due, () =>
    {
        if (!timer.IsDisposed && !_isGone)
        {
            Receive(new(
                _ => timer.IsDisposed ? Nothing() : callback(timer),
                _ =>
                {
                    if (period is { } again && !timer.IsDisposed)
                    {
                        Arm(timer, again, period, callback);
                    }
                    else
                    {
                        _timers.Remove(timer);
                    }
                },
                Interleaves: false));
        }
    });

    private static IEnumerator<Wait> Nothing()
    {
        yield break;
    }

    private void Next()
    {
        if (_isBusy || !_isActive)
        {
            return;
        }

        if (_isEnding && _interleaved == 0)
        {
            End();
            return;
        }

        if (!_isEnding && _requests.TryDequeue(out var request))
        {
            Start(request);
            Next();
        }
    }

    private void Start(Request request)
    {
        if (request.Interleaves)
        {
            _interleaved++;
            Run(request, () => _interleaved--);
        }
        else
        {
            _isBusy = true;
            Run(request, () => _isBusy = false);
        }
    }

    // Those that came while it was being activated and need not wait for each other.
    private void StartInterleaving()
    {
        var waiting = _requests.ToList();
        _requests.Clear();
        waiting.Where(request => !request.Interleaves).ToList().ForEach(_requests.Enqueue);
        waiting.Where(request => request.Interleaves).ToList().ForEach(Start);
    }

    private void Run(Request request, Action done) => new Turn(Silo, request.Method(this), failure =>
    {
        done();
        request.Ended(failure);
        if (failure is Failure.Inconsistent || (IsIdle && MayBeCollected && Silo.World.Faults.Strikes(FaultKind.Deactivate)))
        {
            DeactivateOnIdle();
        }

        Next();
    }).Run();

    private bool IsIdle => !_isBusy && _interleaved == 0 && _requests.Count == 0;

    private void End()
    {
        _isGone = true;
        _timers.ForEach(timer => timer.Dispose());
        _gone();
        while (_requests.TryDequeue(out var request))
        {
            _reroute(request);
        }
    }

    private void FailAll(Failure failure)
    {
        _isGone = true;
        _gone();
        while (_requests.TryDequeue(out var request))
        {
            request.Ended(failure);
        }
    }
}

/// <summary>A grain's timer. The token of a callback ends with its timer.</summary>
internal sealed class DoorTimer
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}
