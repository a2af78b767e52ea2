namespace Actors.Experiments.Federations;

/// <summary>Where an experiment is in its life.</summary>
public enum ExperimentState
{
    /// <summary>It waits for hosts' answers or for its turn.</summary>
    Waiting,

    /// <summary>Its rounds go on.</summary>
    Running,

    /// <summary>It waits for an operator or for collaborators.</summary>
    Paused,

    /// <summary>It ran to its planned end.</summary>
    Finished,

    /// <summary>It cannot go on.</summary>
    Failed,

    /// <summary>An operator stopped it.</summary>
    Stopped,
}
