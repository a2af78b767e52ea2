namespace Actors.Grains.Collaborators;

/// <summary>What became of a reported result.</summary>
public enum ReportOutcome
{
    /// <summary>It is persisted and counts.</summary>
    Accepted,

    /// <summary>A result for this task of this round had been accepted before; that one counts.</summary>
    AlreadyAccepted,

    /// <summary>The round is closed without it.</summary>
    RoundClosed,

    /// <summary>The round gave this collaborator no such task.</summary>
    NotAssigned,
}
