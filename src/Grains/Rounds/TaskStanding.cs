namespace Actors.Grains.Rounds;

/// <summary>What a round says of one collaborator's task.</summary>
public enum TaskStanding
{
    /// <summary>It is waited for.</summary>
    Open,

    /// <summary>The collaborator was not given this task.</summary>
    NotAssigned,

    /// <summary>The round takes no more results.</summary>
    Closed,
}
