namespace Actors.Simulation.Invariants;

/// <summary>What the simulator has found in the product and is not mended yet. Empty is the aim.</summary>
internal static class KnownFindings
{
    /// <summary>Invariants that are not held against a run.</summary>
    public static IReadOnlyCollection<Invariant> Tolerated { get; } = [];
}
