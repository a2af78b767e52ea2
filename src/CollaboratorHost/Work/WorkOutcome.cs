namespace Actors.CollaboratorHost.Work;

/// <summary>What came of one answer with work.</summary>
internal enum WorkOutcome
{
    /// <summary>Something was reported; ask for more at once.</summary>
    Progress,

    /// <summary>Nothing could be done with it; wait a little before asking again.</summary>
    Idle,
}
