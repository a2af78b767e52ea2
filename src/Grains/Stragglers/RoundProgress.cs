namespace Actors.Grains.Stragglers;

/// <summary>How far a round is.</summary>
/// <param name="Assigned">How many results are wanted: of all that have tasks or, when more were invited than needed, the first so many.</param>
/// <param name="Complete">How many collaborators have reported all their tasks.</param>
/// <param name="Elapsed">The time since the first collaborator was given tasks; zero before.</param>
/// <param name="Arrivals">How long each of the complete ones took, from the same moment; in no order. Found when they are asked for.</param>
public readonly record struct RoundProgress(int Assigned, int Complete, TimeSpan Elapsed, IEnumerable<TimeSpan> Arrivals)
{
    /// <summary>A progress without the arrivals.</summary>
    public RoundProgress(int assigned, int complete, TimeSpan elapsed)
        : this(assigned, complete, elapsed, [])
    {
    }
}
