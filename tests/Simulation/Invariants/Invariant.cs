namespace Actors.Simulation.Invariants;

/// <summary>What must hold after every step, or at the end.</summary>
internal enum Invariant
{
    /// <summary>A round closes with no fewer than its minimum, each with a result for every task.</summary>
    Minimum,

    /// <summary>A version folds in nothing that started longer ago than the plan allows.</summary>
    NotTooOld,

    /// <summary>Whoever has all results acknowledged when a round closes is counted.</summary>
    Acknowledged,

    /// <summary>An acknowledgement is not given for a round that was closed without the result.</summary>
    AcknowledgedTruly,

    /// <summary>"The round is closed without it" is not said of a result that counts.</summary>
    ClosedTruly,

    /// <summary>An accepted result stays until its round is over, unless its bytes are lost.</summary>
    AcceptedStays,

    /// <summary>What a round comes to is made of the counted results, each once, and of nothing else.</summary>
    CountedOnce,

    /// <summary>Rounds and versions only grow.</summary>
    Growing,

    /// <summary>Nothing is deleted that somebody may still ask for.</summary>
    NothingMissing,

    /// <summary>A round's state goes only when its experiment has its result.</summary>
    RoundKept,

    /// <summary>Grains do not wait for each other for ever.</summary>
    NoDeadlock,

    /// <summary>A collaborator does not give up, nor is refused.</summary>
    NotRefused,

    /// <summary>An experiment does not say that it waits for collaborators while its round has enough.</summary>
    PauseIsTrue,

    /// <summary>After the faults the federation ends.</summary>
    Ends,

    /// <summary>The final model is that of a run without faults.</summary>
    SameModel,
}

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">Which.</param>
/// <param name="Message">What was found.</param>
internal sealed record Violation(Invariant Invariant, string Message);
