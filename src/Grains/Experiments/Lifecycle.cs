namespace Actors.Grains.Experiments;

/// <summary>Where an experiment is in its life. The numbers are persisted: add, never change.</summary>
public enum Lifecycle
{
    /// <summary>Nobody has created it.</summary>
    Unknown = 0,

    /// <summary>Created, not started.</summary>
    Created = 1,

    /// <summary>Its rounds go on.</summary>
    Running = 2,

    /// <summary>It waits for an operator or for collaborators.</summary>
    Paused = 3,

    /// <summary>It ran to its planned end.</summary>
    Finished = 4,

    /// <summary>It cannot go on.</summary>
    Failed = 5,

    /// <summary>An operator stopped it.</summary>
    Stopped = 6,
}

/// <summary>What follows from a lifecycle.</summary>
public static class Lifecycles
{
    /// <summary>Whether there will be no further round.</summary>
    public static bool HasEnded(this Lifecycle lifecycle) =>
        lifecycle is Lifecycle.Finished or Lifecycle.Failed or Lifecycle.Stopped;
}
