namespace Actors.Grains.Queue;

/// <summary>What became of a removal.</summary>
public enum RemoveOutcome
{
    /// <summary>It is gone.</summary>
    Removed = 0,

    /// <summary>There is none of the name.</summary>
    Unknown = 1,

    /// <summary>It waits or runs: stop it first.</summary>
    NotEnded = 2,
}
