using Actors.Simulation.Faults;

namespace Actors.Simulation.Machines;

/// <summary>A process that can be killed between any two of its instructions. What was to happen in it then never does.</summary>
/// <param name="name">Its name in a trace.</param>
/// <param name="dice">Its own random numbers, so that a fault elsewhere does not change its luck.</param>
/// <param name="crash">The fault that kills it; null for the world itself, which nothing kills.</param>
internal abstract class Process(string name, Dice dice, FaultKind? crash)
{
    public string Name { get; } = name;

    public Dice Dice { get; } = dice;

    public FaultKind? CrashFault { get; } = crash;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Ends it without a last word.</summary>
    public void Kill()
    {
        IsAlive = false;
        Killed();
    }

    /// <summary>What the world does about its death.</summary>
    protected abstract void Killed();
}
