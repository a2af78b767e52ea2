using Actors.Simulation.Faults;
using Actors.Simulation.Machines;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Storage;

/// <summary>
/// The aggregator's database: rows with versions, a write replaces one row or fails. What is written stays, whatever dies
/// afterwards. A write that its process does not live to see may or may not have happened.
/// </summary>
internal sealed class Database(World world)
{
    private readonly Dictionary<string, (object? State, long Version)> _rows = new(StringComparer.Ordinal);

    /// <summary>A row as it is on the disk; null when there is none.</summary>
    public T? Find<T>(string key)
        where T : class => _rows.GetValueOrDefault(key).State as T;

    /// <summary>Reads a row and its version.</summary>
    public Reply<(object? State, long Version)> Read(Process process, string key)
    {
        var reply = new Reply<(object?, long)>();
        world.Schedule.In(process, process.Dice.Milliseconds(0.1, 1), () =>
        {
            if (world.Faults.Strikes(FaultKind.FailRead))
            {
                Tell(process, $"reading {key} fails");
                reply.Fail(Failure.Unavailable);
                return;
            }

            reply.Value = _rows.GetValueOrDefault(key);
            reply.Complete();
        });
        return reply;
    }

    /// <summary>Writes a row if its version is still this one; null clears it. The answer is the new version.</summary>
    public Reply<long> Write(Process process, string key, object? state, long version)
    {
        var reply = new Reply<long>();
        var time = world.Faults.Strikes(FaultKind.StallWrite) ? process.Dice.Milliseconds(500, 8000) : process.Dice.Milliseconds(0.2, 4);
        world.Schedule.In(process, time, () => Apply(process, key, state, version, reply));
        return reply;
    }

    private void Apply(Process process, string key, object? state, long version, Reply<long> reply)
    {
        var old = _rows.GetValueOrDefault(key);
        var failure = world.Faults.Strikes(FaultKind.FailWrite) ? Failure.Unavailable
            : old.Version != version ? Failure.Inconsistent
            : (Failure?)null;
        if (failure is null)
        {
            reply.Value = version + 1;
            _rows[key] = (state, version + 1);
            Tell(process, $"{key} is written");
            world.Ledger.Wrote(key, old.State, state);
            failure = world.Faults.Strikes(FaultKind.LoseWriteAnswer) ? Failure.Unavailable : null;
        }

        world.Schedule.In(process, process.Dice.Milliseconds(0.1, 1), () =>
        {
            if (failure is { } problem)
            {
                Tell(process, $"writing {key} fails: {problem}");
                reply.Fail(problem);
            }
            else
            {
                reply.Complete();
            }
        });
    }

    private void Tell(Process process, string what)
    {
        if (world.Trace is not null)
        {
            world.Tell(process.Name, what);
        }
    }
}
