namespace Actors.Simulation.Faults;

/// <summary>One fault of a run.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Occasion">At the how-manieth opportunity for it, from 0.</param>
internal readonly record struct Fault(FaultKind Kind, int Occasion);
