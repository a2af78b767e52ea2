namespace Actors.Grains.Collaborators;

/// <summary>Whether there is work for a collaborator.</summary>
public enum WorkKind
{
    /// <summary>There are tasks to run.</summary>
    Work,

    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>The experiment ran to its planned end.</summary>
    Finished,

    /// <summary>The experiment was stopped or failed.</summary>
    Stopped,
}
