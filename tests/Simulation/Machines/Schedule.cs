using Actors.Simulation.Faults;

namespace Actors.Simulation.Machines;

/// <summary>The simulated clock and what is to happen when. Two things at one time happen in the order in which they were planned.</summary>
internal sealed class Schedule(FaultPlan faults) : TimeProvider
{
    private readonly PriorityQueue<(Process Process, Action What), (long At, long Order)> _queue = new();
    private long _now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;
    private long _order;

    /// <summary>How many things have happened.</summary>
    public long Steps { get; private set; }

    /// <summary>The time since the beginning of the run.</summary>
    public TimeSpan Elapsed => GetUtcNow() - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    /// <summary>Plans something to happen in a process, unless it dies before.</summary>
    public void In(Process process, TimeSpan delay, Action what) => _queue.Enqueue((process, what), (_now + Math.Max(delay.Ticks, 0), _order++));

    /// <summary>Lets the next thing happen; false when there is nothing more.</summary>
    public bool Step()
    {
        while (_queue.TryDequeue(out var next, out var when))
        {
            if (!next.Process.IsAlive)
            {
                continue;
            }

            _now = when.At;
            Steps++;
            if (next.Process.CrashFault is { } crash && faults.Strikes(crash))
            {
                next.Process.Kill();
            }
            else
            {
                next.What();
            }

            return true;
        }

        return false;
    }
}
