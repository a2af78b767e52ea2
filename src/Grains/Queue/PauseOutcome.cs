namespace Actors.Grains.Queue;

/// <summary>What became of an operator's pause, or of his word to go on.</summary>
public enum PauseOutcome
{
    /// <summary>It is as he says.</summary>
    Done = 0,

    /// <summary>There is none of the name.</summary>
    Unknown = 1,

    /// <summary>It is over.</summary>
    Ended = 2,
}
