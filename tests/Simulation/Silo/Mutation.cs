namespace Actors.Simulation.Silo;

/// <summary>A door broken on purpose, to see that the simulator notices.</summary>
internal enum Mutation
{
    /// <summary>None is.</summary>
    None,

    /// <summary>A collaborator's door answers before its write is done.</summary>
    AcknowledgeBeforePersist,

    /// <summary>A task aggregates one update twice.</summary>
    CountTwice,

    /// <summary>A round does not ask for what was accepted before it was activated.</summary>
    ForgetToGather,

    /// <summary>The store deletes the running round's updates when its tensors are published again.</summary>
    DeleteTooEarly,

    /// <summary>A round closes with the first complete collaborator.</summary>
    CloseBelowMinimum,

    /// <summary>A result is acknowledged although its round is closed without it.</summary>
    AcknowledgeClosedRound,

    /// <summary>A round that somebody comes back to is assigned as in its first attempt.</summary>
    ResetTheAttempt,

    /// <summary>An experiment does nothing after a write that failed, as if it could not have reached the disk.</summary>
    RestAfterAFailedWrite,

    /// <summary>A round takes outcomes of others than those that count.</summary>
    TakeStaleOutcomes,

    /// <summary>A round that opens again keeps its book, should the answer of its write be lost.</summary>
    KeepTheBookOfLostUpdates,

    /// <summary>A door goes on with the state of before when a write failed and the state cannot be read back.</summary>
    GoOnUnread,

    /// <summary>A round does not know after a restart that it once told of a shortage.</summary>
    ForgetWhatWasTold,

    /// <summary>A result of an earlier round is acknowledged whether it counted or not.</summary>
    AcknowledgeWhatDidNotCount,

    /// <summary>A contributor's door acknowledges a result before a version has it.</summary>
    AcknowledgeUntold,

    /// <summary>A contributor's door deletes the bytes of turns that no version has folded in.</summary>
    DeletePendingTurns,

    /// <summary>A version closes with the first contribution.</summary>
    CloseBelowBuffer,

    /// <summary>A version does not tell what the one before has folded in.</summary>
    ForgetWhatIsFolded,

    /// <summary>A version says that it takes a contribution while it is folding in others.</summary>
    TakeWhileClosing,

    /// <summary>A version takes contributions while its state is being written.</summary>
    TakeWhileWriting,

    /// <summary>A version takes contributions, whatever version they started from.</summary>
    FoldWhatIsTooOld,

    /// <summary>A version whose end failed takes what it has folded in for lost.</summary>
    OpenAgainWhenFolded,

    /// <summary>A version does not ask for what was accepted before it was activated.</summary>
    ForgetPending,

    /// <summary>A round that is over calls every result one that it closed without.</summary>
    ForgetWhoCounted,
}
