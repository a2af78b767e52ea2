namespace Actors.CollaboratorHost.Work;

/// <summary>What became of a report.</summary>
internal enum ReportOutcome
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>Its round is over; nobody wants it any more.</summary>
    RoundClosed,

    /// <summary>It was refused, and would be refused again; the log says why.</summary>
    Refused,

    /// <summary>Its bytes are gone or damaged on this side; the task has to run again.</summary>
    Damaged,
}
