using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>Decides when a round closes without those who have not reported. Pure: the same progress gives the same answer.</summary>
public interface IStragglerPolicy
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>Whether its answer may change by the passing of time alone.</summary>
    bool HasDeadline(PolicyChoice choice);

    /// <summary>The fewest complete collaborators with which a round closes, at least 1; may be more than have tasks.</summary>
    /// <param name="choice">The policy's settings.</param>
    /// <param name="assigned">How many results are wanted.</param>
    int Needed(PolicyChoice choice, int assigned);

    /// <summary>
    /// Decides. Asked after every report and at the deadline it named, never when everybody has reported: a round in which that
    /// is so, and that has what it needs, is closed without asking.
    /// </summary>
    RoundDecision Decide(PolicyChoice choice, RoundProgress progress);
}
