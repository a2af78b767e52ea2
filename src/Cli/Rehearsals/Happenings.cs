namespace Actors.Cli.Rehearsals;

/// <summary>What happened in a rehearsal. Safe for use by many threads.</summary>
/// <param name="say">Takes a line for people.</param>
internal sealed class Happenings(Action<string> say)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _kills = KillKinds.All.ToDictionary(kind => kind, _ => 0);
    private readonly List<TimeSpan> _recoveries = [];

    /// <summary>How many of each kind were killed.</summary>
    public IReadOnlyDictionary<string, int> Kills
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, int>(_kills);
            }
        }
    }

    /// <summary>The times from a restart to the next accepted call, ascending.</summary>
    public IReadOnlyList<TimeSpan> Recoveries
    {
        get
        {
            lock (_lock)
            {
                return [.. _recoveries.Order()];
            }
        }
    }

    /// <summary>A process was killed.</summary>
    public void Killed(string kind)
    {
        lock (_lock)
        {
            _kills[kind]++;
        }
    }

    /// <summary>A node that had been killed is back: its first call since then was accepted.</summary>
    public void Recovered(TimeSpan time)
    {
        lock (_lock)
        {
            _recoveries.Add(time);
        }
    }

    /// <summary>Tells people.</summary>
    public void Say(string line)
    {
        lock (_lock)
        {
            say(line);
        }
    }
}
