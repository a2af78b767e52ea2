namespace Actors.Contracts.Faults;

/// <summary>A named instruction at which a rehearsal may kill a process: between two writes that must not be torn apart.</summary>
public enum FaultPoint
{
    /// <summary>Aggregator: a chunk of an upload is staged.</summary>
    ChunkStored,

    /// <summary>Aggregator: the bytes of an upload have their name in the store; no result names them yet.</summary>
    UploadStored,

    /// <summary>Aggregator: a result is persisted and not yet acknowledged.</summary>
    ResultAccepted,

    /// <summary>Aggregator: a round has decided whose results count.</summary>
    RoundClosing,

    /// <summary>Aggregator: a block of an aggregation is written.</summary>
    BlockAggregated,

    /// <summary>Aggregator: a new model is in the store and the experiment does not know it.</summary>
    ModelAggregated,

    /// <summary>Aggregator: the experiment has entered a round's result; files and next round are not there yet.</summary>
    RoundCommitted,

    /// <summary>Collaborator: a task is done and its result is not kept.</summary>
    TaskDone,

    /// <summary>Collaborator: a result is kept on the disk and not reported.</summary>
    ResultKept,

    /// <summary>Collaborator: a chunk of an upload is sent.</summary>
    ChunkSent,

    /// <summary>Collaborator: a result is acknowledged and that is not noted.</summary>
    ResultAcknowledged,
}
