using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>The grains of one kind: an address is good at any time, and the first message to one activates it.</summary>
internal sealed class Doors<TKey, TDoor>(SiloProcess silo, Func<TKey, TDoor> create)
    where TKey : notnull
    where TDoor : Door
{
    private readonly Dictionary<TKey, TDoor> _active = [];

    /// <summary>Calls a grain and waits for no more than a response's time.</summary>
    /// <param name="key">Which.</param>
    /// <param name="method">The method, which fills in the reply's value.</param>
    /// <param name="what">Its name, for a trace.</param>
    /// <param name="interleaves">Whether it is answered while another method waits.</param>
    public Reply<T> Ask<T>(TKey key, Func<TDoor, Reply<T>, IEnumerator<Wait>> method, string what, bool interleaves = false)
    {
        var reply = new Reply<T>();
        silo.NoteCall(reply, what);
        Send(key, new(door => method((TDoor)door, reply), failure => Answer(reply, failure), interleaves));
        return reply;
    }

    /// <summary>Calls a grain without waiting for an answer.</summary>
    public void Notify(TKey key, Func<TDoor, IEnumerator<Wait>> method) =>
        Send(key, new(door => method((TDoor)door), _ => { }, Interleaves: false));

    private void Send(TKey key, Request request) => silo.In(silo.Dice.Milliseconds(0.01, 0.5), () => Deliver(key, request));

    private void Deliver(TKey key, Request request)
    {
        if (!_active.TryGetValue(key, out var door))
        {
            _active[key] = door = create(key);
            door.Begin(
                gone: () => _active.Remove(key),
                reroute: waiting => Send(key, waiting));
        }

        door.Receive(request);
    }

    // The answer is a message, too.
    private void Answer<T>(Reply<T> reply, Failure? failure) => silo.In(silo.Dice.Milliseconds(0.01, 0.5), () =>
    {
        if (failure is { } problem)
        {
            reply.Fail(problem);
        }
        else
        {
            reply.Complete();
        }
    });
}

/// <summary>A message to a grain.</summary>
/// <param name="Method">What it runs.</param>
/// <param name="Ended">Is told how it ended.</param>
/// <param name="Interleaves">Whether it runs while another one waits.</param>
internal sealed record Request(Func<Door, IEnumerator<Wait>> Method, Action<Failure?> Ended, bool Interleaves);
