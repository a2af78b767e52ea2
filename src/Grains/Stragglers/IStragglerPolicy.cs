using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>Decides when a round closes without those who have not reported. Pure: the same progress gives the same answer.</summary>
public interface IStragglerPolicy
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>
    /// Decides. Asked after every report and at the deadline it named. A round in which everybody has reported is closed
    /// without asking.
    /// </summary>
    RoundDecision Decide(PolicyChoice choice, RoundProgress progress);
}
