namespace Actors.Grains.Rounds;

/// <summary>How far a round is. The numbers are persisted: add, never change.</summary>
public enum RoundPhase
{
    /// <summary>Nobody has opened it, or it is over: the experiment has its result.</summary>
    None = 0,

    /// <summary>It takes results.</summary>
    Open = 1,

    /// <summary>It takes no more results; its tasks are being aggregated.</summary>
    Closing = 2,
}
