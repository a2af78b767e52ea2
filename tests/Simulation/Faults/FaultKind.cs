namespace Actors.Simulation.Faults;

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>The aggregator's process dies.</summary>
    CrashSilo,

    /// <summary>A collaborator's process dies.</summary>
    CrashCollaborator,

    /// <summary>A call does not reach the gateway.</summary>
    LoseRequest,

    /// <summary>A call's answer does not reach the collaborator.</summary>
    LoseReply,

    /// <summary>A call reaches the gateway twice.</summary>
    DuplicateRequest,

    /// <summary>A message takes long, and others overtake it.</summary>
    DelayMessage,

    /// <summary>A push breaks off after a chunk.</summary>
    CutUpload,

    /// <summary>The database refuses a write.</summary>
    FailWrite,

    /// <summary>The database writes and answers with an error.</summary>
    LoseWriteAnswer,

    /// <summary>The database takes long for a write.</summary>
    StallWrite,

    /// <summary>The database refuses a read.</summary>
    FailRead,

    /// <summary>The tensor store refuses to write a file.</summary>
    FailFile,

    /// <summary>A stored update disappears from the disk.</summary>
    LoseUpdate,

    /// <summary>A collaborator comes back without what it had kept.</summary>
    LoseKept,

    /// <summary>The silo deactivates a grain that is idle.</summary>
    Deactivate,

    /// <summary>An operator pauses the experiment, and resumes it later.</summary>
    PauseExperiment,
}
