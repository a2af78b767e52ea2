namespace Actors.Grains.Experiments;

/// <summary>Why an experiment is paused. The numbers are persisted: add, never change.</summary>
public enum PauseCause
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>An operator asked for it. No work is handed out; results that come are taken.</summary>
    Operator = 1,

    /// <summary>Too few collaborators are there. Work is handed out, and it goes on by itself when enough are.</summary>
    Collaborators = 2,
}
