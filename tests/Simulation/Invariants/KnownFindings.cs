namespace Actors.Simulation.Invariants;

/// <summary>The findings that are not mended in the product yet. Empty is the aim.</summary>
internal static class KnownFindings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<Finding> All { get; } = Enum.GetValues<Finding>();
}
