using Actors.Simulation.Faults;
using Actors.Simulation.Machines;
using Actors.Simulation.Silo;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Gateway;

/// <summary>Between collaborators and gateway: calls that are lost, doubled, late, overtaken, and cut when a side dies.</summary>
internal sealed class Network(World world)
{
    private readonly HashSet<Wait> _open = [];

    private Dice Dice => world.Outside.Dice;

    /// <summary>Calls the gateway once. It fails when the call, its answer or the gateway is lost; a caller that dies learns nothing.</summary>
    /// <param name="from">The caller's process.</param>
    /// <param name="call">The call's name, for a trace.</param>
    /// <param name="method">Runs in the silo and fills in the reply's value. The action cuts the connection.</param>
    public Reply<T> Call<T>(Process from, string call, Func<SiloProcess, Reply<T>, Action, IEnumerator<Wait>> method)
    {
        var reply = new Reply<T>();
        _open.Add(reply);
        reply.Then(() => _open.Remove(reply));
        if (world.Faults.Strikes(FaultKind.LoseRequest))
        {
            Tell(from, $"{call}: the request is lost");
            Cut(from, reply);
            return reply;
        }

        Send(from, call, method, reply);
        if (world.Faults.Strikes(FaultKind.DuplicateRequest))
        {
            Tell(from, $"{call}: the request is doubled");
            Send(from, call, method, reply);
        }

        return reply;
    }

    /// <summary>The gateway's process is gone: the connections tell.</summary>
    public void CutAll()
    {
        foreach (var reply in _open)
        {
            world.Schedule.In(world.Outside, Dice.Milliseconds(1, 100), () => reply.Fail(Failure.Unavailable));
        }
    }

    private void Send<T>(Process from, string call, Func<SiloProcess, Reply<T>, Action, IEnumerator<Wait>> method, Reply<T> reply) =>
        world.Schedule.In(world.Outside, Delay(), () =>
        {
            if (world.Aggregator.Silo is not { } silo)
            {
                reply.Fail(Failure.Unavailable);
                return;
            }

            var answer = new Reply<T>();
            new Turn(
                silo,
                method(silo, answer, () => Cut(from, reply)),
                failure => Answer(from, call, reply, answer, failure)).Run();
        });

    private void Answer<T>(Process from, string call, Reply<T> reply, Reply<T> answer, Failure? failure)
    {
        if (reply.IsDone)
        {
            return;
        }

        if (world.Faults.Strikes(FaultKind.LoseReply))
        {
            Tell(from, $"{call}: the answer is lost");
            Cut(from, reply);
            return;
        }

        world.Schedule.In(from, Delay(), () =>
        {
            if (failure is { } problem)
            {
                reply.Fail(problem);
            }
            else if (!reply.IsDone)
            {
                reply.Value = answer.Value;
                reply.Complete();
            }
        });
    }

    // Most broken connections are noticed soon, some only by their keep-alive.
    private void Cut(Process from, Wait reply) => world.Schedule.In(
        from, Dice.Below(4) > 0 ? Dice.Milliseconds(1, 2000) : Times.SilentCut, () => reply.Fail(Failure.Unavailable));

    private TimeSpan Delay() =>
        world.Faults.Strikes(FaultKind.DelayMessage) ? Dice.Milliseconds(100, 20_000) : Dice.Milliseconds(0.5, 20);

    private void Tell(Process from, string what)
    {
        if (world.Trace is not null)
        {
            world.Tell(from.Name, what);
        }
    }
}
