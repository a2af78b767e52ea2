using Actors.Simulation.Machines;

namespace Actors.Simulation.Faults;

/// <summary>
/// Decides at every opportunity whether something goes wrong: by the seed's weather, or by a list of faults. What went wrong is
/// a list, so that a run can be repeated with fewer of them.
/// </summary>
internal sealed class FaultPlan
{
    private readonly ulong _seed;
    private readonly double[]? _chances;
    private readonly HashSet<Fault>? _listed;
    private readonly int[] _occasions = new int[Enum.GetValues<FaultKind>().Length];
    private readonly List<Fault> _struck = [];

    private FaultPlan(ulong seed, double[]? chances, HashSet<Fault>? listed) => (_seed, _chances, _listed) = (seed, chances, listed);

    /// <summary>What has gone wrong, in order.</summary>
    public IReadOnlyList<Fault> Struck => _struck;

    /// <summary>Whether things may still go wrong. Ended once for a run.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Faults by chance.</summary>
    public static FaultPlan Of(ulong seed, Weather weather) => new(seed, weather.Chances, null);

    /// <summary>These faults and no others.</summary>
    public static FaultPlan Of(ulong seed, IEnumerable<Fault> faults) => new(seed, null, [.. faults]);

    /// <summary>Nothing goes wrong from now on.</summary>
    public void End() => IsOver = true;

    /// <summary>Whether it goes wrong this time.</summary>
    public bool Strikes(FaultKind kind)
    {
        if (IsOver)
        {
            return false;
        }

        var fault = new Fault(kind, _occasions[(int)kind]++);
        var strikes = _listed is not null
            ? _listed.Contains(fault)
            : Dice.Unit(Dice.Mix(_seed, (ulong)kind + 1000, (ulong)fault.Occasion)) < _chances![(int)kind];
        if (strikes)
        {
            _struck.Add(fault);
        }

        return strikes;
    }
}
